"""Rows of `mutator_tables` for data bases, documents and libraries of which a page uses a method
or two."""

from __future__ import annotations

from .mutator_kinds import Kind, Library, functions
from .words import words

DATA = Library(
    "data",
    "3.13",
    "The Python Standard Library: sqlite3 (DB-API 2.0, PEP 249), xml.etree.ElementTree, "
    "configparser, email.message, json, pickle; pandas: DataFrame.to_sql",
    (
        Kind(
            "sqlite3.Cursor",
            giving=words("fetchall fetchmany fetchone"),
        ),
        Kind("sqlite3.Connection", leaves=words("commit cursor rollback")),
        Kind(
            "ElementTree.Element",
            silent=words("append clear extend insert remove set"),
            leaves=words("find findall findtext get items iter itertext keys"),
            again=words("clear set"),
        ),
        Kind(
            "configparser.ConfigParser",
            silent=words("add_section read_dict read_string set"),
            giving=words("remove_option remove_section"),
            leaves=words("get getboolean getfloat getint has_option has_section options sections"),
            again=words("read_dict read_string set"),
        ),
        Kind(
            "email.message.Message",
            silent=words("add_header replace_header set_param set_payload"),
            leaves=words("as_string get_content_type get_payload items keys"),
            again=words("replace_header set_param set_payload"),
        ),
    ),
    (
        *functions("SubElement", "ET etree ElementTree xml.etree.ElementTree lxml.etree"),
        *(one._replace(position=1) for one in functions("to_sql", "*")),
        *(one._replace(position=1) for one in functions("dump", "json pickle", bare=False)),
    ),
)

OTHERS = Library(
    "others",
    "",
    "The Python Standard Library: csv, hashlib; API references of Keras (Model), Pillow (Image), "
    "Altair, xarray, GeoPandas, pandas (CategoricalAccessor, MultiIndex, Flags) and Polars",
    (
        Kind(
            "altair.Chart",
            leaves=words("add_params add_selection configure_axis configure_view"),
        ),
        Kind(
            "xarray.Dataset",
            leaves=words("assign_attrs assign_coords drop_vars reset_coords set_coords set_xindex"),
        ),
        Kind("geopandas.GeoDataFrame", leaves=words("set_crs set_geometry")),
        Kind(
            "pandas.Categorical",
            leaves=words(
                "add_categories remove_categories remove_unused_categories set_categories "
                "set_flags set_sorted set_codes set_levels set_names"
            ),
        ),
        Kind("csv.writer", words("writerows"), words("writerow")),
        Kind("hashlib.hash", silent=words("update"), leaves=words("copy digest hexdigest")),
        Kind("keras.Model", silent=words("compile"), giving=words("fit train_on_batch")),
        Kind(
            "PIL.Image",
            silent=words("paste thumbnail"),
            leaves=words("convert copy crop filter resize rotate save transpose"),
        ),
    ),
)
