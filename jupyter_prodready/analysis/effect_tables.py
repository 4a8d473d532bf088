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
GENERATORS = words("default_rng RandomState SeedSequence PCG64 PCG64DXSM MT19937 Philox SFC64")
"""NumPy's own generators, which begin anywhere where no seed is given."""
DRAWS_WITHOUT_STATE = words(
    """
    train_test_split RandomForestClassifier RandomForestRegressor KMeans MiniBatchKMeans
    MLPClassifier MLPRegressor SGDClassifier SGDRegressor ExtraTreesClassifier
    ExtraTreesRegressor GradientBoostingClassifier GradientBoostingRegressor TSNE ShuffleSplit
    DecisionTreeClassifier DecisionTreeRegressor BaggingClassifier make_classification
    make_regression make_blobs resample rvs
    """
)
"""Of scikit-learn and SciPy: they draw from NumPy's global generator unless `random_state` is
given."""
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

# --- by full name, for the checks of reproducibility --------------------------------------

OPENERS = words(
    """
    open io.open gzip.open bz2.open lzma.open codecs.open zipfile.ZipFile tarfile.open h5py.File
    """
)
"""They take a path and a mode."""

READS_PATH = words(
    """
    numpy.load numpy.loadtxt numpy.genfromtxt numpy.fromfile numpy.memmap joblib.load torch.load
    matplotlib.pyplot.imread matplotlib.image.imread skimage.io.imread imageio.imread
    imageio.v2.imread imageio.v3.imread PIL.Image.open openpyxl.load_workbook scipy.io.loadmat
    scipy.io.wavfile.read librosa.load nibabel.load xarray.open_dataset xarray.load_dataset
    geopandas.read_file pyarrow.parquet.read_table pyarrow.csv.read_csv pandas.ExcelFile
    os.listdir os.scandir cv2.imread polars.scan_csv polars.scan_parquet
    """
)
READS_PATH_IN = {
    "pandas": "read_csv read_parquet read_excel read_json read_feather read_pickle read_table "
    "read_hdf read_fwf read_stata read_sas read_spss read_orc read_xml",
    "polars": "read_csv read_parquet read_excel read_json read_ndjson read_ipc read_avro",
}
PATH_KEYWORDS = words(
    """
    filepath_or_buffer path_or_buf path_or_buffer path io file filename fname fp name f
    filename_or_obj excel_writer source
    """
)
WRITES_PATH = {
    **dict.fromkeys(
        words(
            """
            to_csv to_parquet to_excel to_json to_feather to_pickle to_hdf to_stata to_html
            to_markdown to_latex to_orc to_xml to_netcdf to_zarr to_file savefig imsave imwrite
            write_csv write_parquet write_json write_ipc write_image write_html save_model
            save_pretrained to_disk ExcelWriter sink_parquet sink_csv save savetxt savez
            savez_compressed tofile write_table savemat save_weights
            """
        ),
        0,
    ),
    "copy": 1, "copyfile": 1, "copy2": 1, "copytree": 1, "move": 1, "rename": 1, "replace": 1,
    "urlretrieve": 1, "dump": 1, "symlink": 1, "link": 1,
}  # fmt: skip
"""Last names of calls that write a file, with the position of its path."""
WRITES_ONLY_IN = words("shutil os urllib joblib torch pathlib")
"""Where the names with a position above 0 count: `str.replace` and `dict.copy` do not."""
RECEIVER_READS = frozenset({"read_text", "read_bytes", "iterdir"})
RECEIVER_WRITES = frozenset({"write_text", "write_bytes", "touch"})
MAKES_FOLDER = frozenset({"mkdir", "makedirs"})
MAKES_FILES = words(
    """
    download fetch prepare build save write export extract extractall unpack unpack_archive
    decompress unzip generate create dump convert get_file cache retrieve dataset_download
    """
)
"""Words in the names of calls that may leave files which the source does not name."""
PLAIN_MODULES = words(
    """
    pandas numpy matplotlib seaborn math statistics collections itertools functools re json
    datetime random string typing dataclasses warnings time scipy sklearn plotly IPython os.path
    copy operator pathlib textwrap decimal fractions enum logging pprint sys
    """
)
"""Their calls leave no file but where a table says so."""

PYTHON_DRAWS = words(
    """
    random randint randrange choice choices shuffle sample uniform gauss normalvariate betavariate
    expovariate triangular vonmisesvariate gammavariate lognormvariate paretovariate
    weibullvariate getrandbits randbytes binomialvariate
    """
)
DRAWS = PYTHON_DRAWS | words(
    """
    integers normal standard_normal permutation permuted exponential poisson binomial beta gamma
    lognormal multivariate_normal rand randn random_sample random_integers bytes __next__
    """
)
"""Methods of generators of chance, and of iterators, and of hardly anything else."""
TORCH_MORE_DRAWS = words("randn_like randint_like rand_like poisson dropout")
TORCH_LAYERS = words(
    """
    Linear Bilinear LazyLinear Conv1d Conv2d Conv3d ConvTranspose1d ConvTranspose2d
    ConvTranspose3d RNN LSTM GRU LSTMCell GRUCell Embedding EmbeddingBag MultiheadAttention
    Transformer TransformerEncoderLayer TransformerDecoderLayer
    """
)
KERAS_LAYERS = words(
    """
    Dense Conv1D Conv2D Conv3D Conv2DTranspose SeparableConv2D LSTM GRU SimpleRNN Embedding
    MultiHeadAttention Bidirectional Dropout
    """
)
SKLEARN_DRAWS = DRAWS_WITHOUT_STATE | words(
    """
    IsolationForest RandomizedSearchCV HalvingRandomSearchCV StratifiedShuffleSplit
    GroupShuffleSplit HistGradientBoostingClassifier HistGradientBoostingRegressor
    AdaBoostClassifier AdaBoostRegressor ExtraTreeClassifier ExtraTreeRegressor
    RandomTreesEmbedding BisectingKMeans GaussianMixture BayesianGaussianMixture FastICA NMF
    LatentDirichletAllocation TruncatedSVD MiniBatchDictionaryLearning Perceptron shuffle
    make_moons make_circles make_friedman1 make_s_curve make_swiss_roll make_gaussian_quantiles
    permutation_importance learning_curve SpectralClustering RandomUnderSampler
    RandomOverSampler SMOTE RepeatedKFold RepeatedStratifiedKFold GaussianRandomProjection
    SparseRandomProjection RBFSampler
    """
)
"""In scikit-learn and imbalanced-learn: they draw unless ``random_state`` is given."""
DRAWS_ONLY_SHUFFLED = frozenset({"KFold", "StratifiedKFold", "StratifiedGroupKFold"})
OWN_GENERATORS = words(
    """
    numpy.random.default_rng numpy.random.RandomState random.Random
    """
)
SYSTEM_DRAWS = words(
    """
    uuid.uuid4 uuid.uuid1 os.urandom secrets.token_hex secrets.token_bytes secrets.token_urlsafe
    secrets.choice secrets.randbelow secrets.randbits random.SystemRandom
    """
)
SEEDS = {
    "random.seed": "python", "random.setstate": "python",
    "numpy.random.seed": "numpy", "numpy.random.set_state": "numpy",
    "torch.manual_seed": "torch", "torch.random.manual_seed": "torch",
    "torch.set_rng_state": "torch", "torch.random.set_rng_state": "torch",
    "tensorflow.random.set_seed": "tensorflow", "tensorflow.set_random_seed": "tensorflow",
    "tensorflow.compat.v1.set_random_seed": "tensorflow",
    "keras.utils.set_random_seed": "python numpy tensorflow torch",
    "tensorflow.keras.utils.set_random_seed": "python numpy tensorflow",
}  # fmt: skip

CLOCK_READS = words(
    """
    time.time time.time_ns time.ctime time.localtime time.gmtime time.strftime time.asctime
    datetime.datetime.now datetime.datetime.utcnow datetime.datetime.today datetime.date.today
    pandas.Timestamp.now pandas.Timestamp.today pandas.Timestamp.utcnow pandas.to_datetime
    pandas.Timestamp numpy.datetime64 arrow.now arrow.utcnow pendulum.now pendulum.today
    """
)
CLOCK_WORDS = frozenset({"now", "today"})
"""What the last three of pandas and NumPy must be given to ask the clock."""
NEEDS_CLOCK_WORD = frozenset({"pandas.to_datetime", "pandas.Timestamp", "numpy.datetime64"})
STOPWATCHES = words(
    """
    time.perf_counter time.perf_counter_ns time.monotonic time.monotonic_ns time.process_time
    time.process_time_ns timeit.default_timer
    """
)
SHOWN = words("print display show pprint Markdown HTML write echo secho")
LOGS = words("debug info warning error critical exception log")

NETWORK_FULL = words(
    """
    requests.Session requests.session httpx.Client httpx.AsyncClient aiohttp.ClientSession
    urllib.request.urlopen urllib.request.urlretrieve huggingface_hub.hf_hub_download
    huggingface_hub.snapshot_download datasets.load_dataset seaborn.load_dataset
    sklearn.datasets.fetch_openml sklearn.datasets.fetch_california_housing
    sklearn.datasets.fetch_20newsgroups sklearn.datasets.fetch_lfw_people
    sklearn.datasets.fetch_olivetti_faces sklearn.datasets.fetch_covtype
    sklearn.datasets.fetch_kddcup99 sklearn.datasets.fetch_rcv1 torch.hub.load nltk.download
    kagglehub.dataset_download kagglehub.model_download gdown.download yfinance.download
    yfinance.Ticker wget.download pandas_datareader.data.DataReader psycopg2.connect
    pymysql.connect pymongo.MongoClient redis.Redis ftplib.FTP smtplib.SMTP paramiko.SSHClient
    tensorflow.keras.utils.get_file keras.utils.get_file socket.create_connection
    openml.datasets.get_dataset statsmodels.api.datasets.get_rdataset
    """
)
NETWORK_MODULES = {
    "requests": "get post put patch delete head options request",
    "httpx": "get post put patch delete head options request stream",
    "boto3": "client resource",
    "openai": "OpenAI",
    "anthropic": "Anthropic",
    "gspread": "service_account authorize oauth",
    "wandb": "init",
}
SHELL_NETWORK = words("wget curl aria2c kaggle gsutil gdown scp rsync ssh huggingface-cli aws")
URL_STARTS = ("http://", "https://", "s3://", "gs://", "ftp://", "hf://", "abfs://", "az://")

ENVIRONMENT_READS = {
    "os.getenv": "variable", "os.environ.get": "variable", "os.environ[]": "variable",
    "os.path.expanduser": "home", "pathlib.Path.home": "home",
    "pathlib.Path().expanduser": "home",
    "platform.node": "machine", "platform.system": "machine", "platform.platform": "machine",
    "platform.machine": "machine", "platform.uname": "machine", "platform.release": "machine",
    "socket.gethostname": "machine", "os.uname": "machine",
    "getpass.getuser": "user", "os.getlogin": "user", "os.getuid": "user",
}  # fmt: skip

CHANGES_FOLDER = frozenset({"os.chdir", "os.fchdir", "%cd", "%pushd", "%popd"})
ADDS_MODULES = frozenset({"sys.path.append", "sys.path.insert"})
