"""What known calls do beyond their objects: draw, ask the clock, the network or the machine.

Sources: the Python library reference (random, time, datetime, os, subprocess, uuid), and
the API references of NumPy, pandas, PyTorch and scikit-learn.
"""

from __future__ import annotations

from .words import words

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
