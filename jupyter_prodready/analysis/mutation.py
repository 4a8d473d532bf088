"""What known calls do: which change their object, show something, draw, read or write.

Sources: the Python library reference (data model, built-in types, random, heapq, os),
and the API references of pandas, NumPy, scikit-learn and matplotlib. Calls that are in
no table are taken to leave their arguments alone; `docs/engine.md` says what follows.
"""

from __future__ import annotations

from .words import words

MUTATING_METHODS = words(
    """
    append appendleft extend extendleft insert remove pop popleft popitem clear update sort
    reverse setdefault add discard difference_update intersection_update
    symmetric_difference_update rotate subtract move_to_end fill resize partition itemset
    setflags put fit fit_transform fit_predict partial_fit set_params load_state_dict step
    zero_grad backward train compile add_module register_buffer write writelines writerow
    writerows readline readlines read seek truncate close send put_nowait get_nowait next set
    set_title set_xlabel set_ylabel set_xlim set_ylim
    set_xticks set_yticks legend axhline axvline annotate grid twinx tight_layout suptitle
    set_style
    """
)
"""Methods that change the object they are called on."""

RETURNS_NONE = frozenset({"add", "append", "extend", "insert", "sort", "subtract", "update"})
"""Of these, the ones that return None: where the result is assigned, the object is of
another kind (`Series.add`, `pandas.Index.insert`) and is left alone."""

INPLACE_KEYWORD = "inplace"

RETURNS_SELF = frozenset(
    ["fit", "partial_fit", "set_params", "train", "eval", "requires_grad_", "set_index_"]
)
"""Methods whose result is the object itself."""

VIEWS = words(
    """
    T values view reshape ravel flat squeeze swapaxes transpose get setdefault items keys loc
    iloc at iat data real imag
    """
)
"""Attributes and methods whose result shares memory or elements with the object."""

MUTATING_FUNCTIONS = {
    "shuffle": 0, "setattr": 0, "delattr": 0, "next": 0, "heappush": 0, "heappop": 0, "heapify": 0,
    "heapreplace": 0, "heappushpop": 0, "insort": 0, "insort_left": 0, "insort_right": 0,
    "fill_diagonal": 0, "copyto": 0, "put": 0, "place": 0, "putmask": 0, "put_along_axis": 0,
}  # fmt: skip
"""Functions that change an argument, with its position."""

CONSUMABLE = words(
    """
    default_rng RandomState Random iter open reader DictReader map filter zip enumerate
    Generator
    """
)
"""Calls whose result changes with every use."""

IDEMPOTENT = words(
    """
    fillna dropna drop_duplicates sort_values sort_index astype ffill bfill abs round strip
    lstrip rstrip lower upper title casefold sorted set frozenset unique clip to_datetime
    to_numeric tz_convert capitalize normalize convert_dtypes infer_objects tolist nan_to_num
    """
)
"""Calls that change nothing when applied to their own result with the same arguments."""

SHOWING = words(
    """
    print pprint display show info hist plot scatter imshow bar barh boxplot pie pairplot
    heatmap histplot scatterplot lineplot barplot countplot violinplot jointplot displot catplot
    regplot distplot kdeplot subplots figure matshow contour contourf pcolormesh
    plot_confusion_matrix warn debug warning error critical exception tqdm trange summary_
    summary Markdown HTML
    """
)
"""Calls by last name that may show something although their result is assigned."""

SILENT_STATEMENTS = MUTATING_METHODS - frozenset(
    ["plot", "scatter", "bar", "barh", "hist", "imshow", "fit", "fit_predict"]
) | words(
    """
    seed manual_seed setattr delattr filterwarnings simplefilter set_option makedirs mkdir
    """
)
"""Calls that show nothing when they stand alone in a line that is not the last."""

RANDOM_MODULES = {
    "random": "python", "np.random": "numpy", "numpy.random": "numpy", "torch": "torch",
    "tf.random": "tensorflow", "tensorflow.random": "tensorflow",
}  # fmt: skip
SEEDING = words(
    """
    seed manual_seed set_seed manual_seed_all set_state setstate seed_everything
    """
)
TORCH_DRAWS = words(
    """
    rand randn randint randperm normal bernoulli multinomial rand_like randn_like
    """
)
NOT_DRAWS = words(
    """
    default_rng RandomState Random SystemRandom Generator get_state getstate SeedSequence
    """
)
DRAWS_WITHOUT_STATE = words(
    """
    train_test_split RandomForestClassifier RandomForestRegressor KMeans MiniBatchKMeans
    MLPClassifier MLPRegressor SGDClassifier SGDRegressor ExtraTreesClassifier
    ExtraTreesRegressor GradientBoostingClassifier GradientBoostingRegressor TSNE ShuffleSplit
    DecisionTreeClassifier DecisionTreeRegressor BaggingClassifier make_classification
    make_regression make_blobs resample
    """
)
"""scikit-learn names that draw from NumPy's global generator unless `random_state` is given."""
DRAWING_METHODS = frozenset({"sample"})
"""pandas methods that do so, too."""

CLOCK = words(
    """
    time.time time.time_ns time.perf_counter time.monotonic time.process_time time.ctime
    time.localtime time.strftime datetime.now datetime.utcnow datetime.today date.today
    datetime.datetime.now datetime.datetime.utcnow datetime.datetime.today datetime.date.today
    pd.Timestamp.now pd.Timestamp.today Timestamp.now
    """
)
UNREPEATABLE = words(
    """
    uuid.uuid4 uuid.uuid1 uuid4 uuid1 os.urandom secrets.token_hex secrets.token_bytes
    secrets.token_urlsafe secrets.choice os.getpid
    """
)
STDIN = frozenset({"input", "getpass", "getpass.getpass", "raw_input"})
ENVIRONMENT = words(
    """
    os.getenv os.environ.get os.getcwd Path.cwd Path.home os.path.expanduser platform.node
    socket.gethostname getpass.getuser
    """
)
SHELL_CALLS = words(
    """
    os.system os.popen subprocess.run subprocess.call subprocess.check_call
    subprocess.check_output subprocess.Popen os.execv os.kill
    """
)
NETWORK_ROOTS = words(
    """
    requests httpx urllib urllib3 aiohttp boto3 ftplib smtplib paramiko wandb gspread
    """
)
NETWORK_CALLS = words(
    """
    urlopen urlretrieve hf_hub_download load_dataset snapshot_download fetch_openml
    create_engine
    """
)
READS_FILE = words(
    """
    read_csv read_parquet read_excel read_json read_feather read_pickle read_table read_hdf
    read_fwf read_text read_bytes loadtxt genfromtxt fromfile imread read_stata read_sas
    read_orc read_xml read_sql read_sql_query read_sql_table scan_csv scan_parquet glob listdir
    """
)
WRITES_FILE = words(
    """
    to_csv to_parquet to_excel to_json to_feather to_pickle to_hdf to_sql to_stata to_latex_
    savetxt savez savez_compressed savefig write_text write_bytes imwrite imsave write_csv
    write_parquet write_image write_html makedirs mkdir rmdir rmtree unlink rename_
    copyfile copytree copy2 symlink touch sink_parquet save_model save_pretrained to_disk
    urlretrieve
    """
)
WRITES_FILE_DOTTED = words(
    """
    np.save numpy.save torch.save joblib.dump pickle.dump json.dump yaml.dump os.remove
    os.rename os.replace os.unlink os.rmdir shutil.move shutil.copy shutil.rmtree
    """
)
READS_FILE_DOTTED = words(
    """
    np.load numpy.load torch.load joblib.load pickle.load json.load yaml.safe_load
    """
)

OPAQUE_CALLS = {
    "exec": "`exec` runs code that the source does not show",
    "globals": "`globals()` can define names unseen",
    "run_line_magic": "a magic called by name can define names unseen",
    "run_cell_magic": "a magic called by name can define names unseen",
    "run_cell": "`run_cell` runs code that the source does not show",
    "runfile": "`runfile` defines names unseen",
}
