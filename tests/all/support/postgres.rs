//! A PostgreSQL to throw away: started from the installed programs, gone with the process that started it.

mod guard;
mod place;
mod programs;

use std::collections::HashSet;
use std::fs;
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::Output;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Mutex, OnceLock, PoisonError};

use diesel::{Connection, PgConnection, RunQueryDsl, sql_query};

use guard::Guard;
pub use programs::Programs;

/// What the server may lose when the machine goes down.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Durability {
    /// Everything; it never waits for the disk. For tests.
    None,
    /// Nothing that was committed, as PostgreSQL comes out of the box. For measuring, and for killing it.
    Full,
}

/// A running server that listens on 127.0.0.1 and on a socket in its own folder.
pub struct Postgres {
    programs: Programs,
    folder: PathBuf,
    port: u16,
    databases: AtomicU32,
    templates: Mutex<HashSet<String>>,
    // Dropped last: takes the server and the folder away.
    _guard: Guard,
}

impl Postgres {
    /// The one server of this test process, started at the first call. It stays up: stop one of your own with [`Postgres::alone`].
    pub fn shared() -> &'static Postgres {
        static SHARED: OnceLock<Postgres> = OnceLock::new();
        SHARED.get_or_init(|| Postgres::alone(Durability::None))
    }

    /// A server that nobody else uses, to be stopped, killed and measured.
    pub fn alone(durability: Durability) -> Postgres {
        let programs = Programs::installed().unwrap_or_else(|missing| panic!("{missing}"));
        let folder = place::folder(durability);
        let guard = Guard::over(&folder);
        programs.give(&folder);
        let mut server = Postgres {
            programs,
            folder,
            port: 0,
            databases: AtomicU32::new(0),
            templates: Mutex::default(),
            _guard: guard,
        };
        server.init(durability);
        server.start_on_a_free_port();
        server
    }

    /// A new, empty database.
    pub fn database(&self) -> Database {
        self.copy_of("template1")
    }

    /// A new database that starts as a copy of `template`, which is prepared once in the life of the server:
    /// `prepare` gets the address of an empty database, and leaves no connection open.
    pub fn database_like(&self, template: &str, prepare: impl FnOnce(&str)) -> Database {
        self.prepare(template, prepare);
        self.copy_of(template)
    }

    /// The TCP port, which stays the same when the server is started again.
    pub fn port(&self) -> u16 {
        self.port
    }

    /// The folder that holds the server's data, its log and its socket.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// Shuts down in order, cutting off who is connected.
    pub fn stop(&self) {
        let output = self.pg_ctl(&["-m", "fast", "stop"]);
        assert!(output.status.success(), "PostgreSQL did not stop: {}", told(&output));
    }

    /// Starts again on the same port after [`Postgres::stop`] or [`Postgres::kill`].
    pub fn start(&self) {
        let output = self.try_start(self.port);
        assert!(output.status.success(), "PostgreSQL did not start: {}\n{}", told(&output), self.log());
    }

    /// Ends every process of the server at once with SIGKILL, in the middle of whatever it does.
    pub fn kill(&self) {
        let locks = [self.data().join("postmaster.pid"), self.folder.join(format!(".s.PGSQL.{}.lock", self.port))];
        let lines = fs::read_to_string(&locks[0]).expect("a server that runs");
        let leader = lines.lines().next().unwrap_or_default().to_owned();
        guard::kill_family(leader);
        // A process that is dead but not yet reaped would pass for one that runs.
        locks.iter().for_each(|lock| fs::remove_file(lock).expect("the server's own file"));
    }

    fn init(&self, durability: Durability) {
        let data = self.data();
        // Most servers order text as people do, not by bytes; a query that leans on the order of bytes is to fail here.
        let order = ["--encoding=UTF8", "--no-locale", "--locale-provider=icu", "--icu-locale=en-US"];
        let mut initdb = self.programs.command("initdb");
        initdb.args(["-U", "postgres", "--auth=trust", "--no-sync", "-D"]).arg(&data).args(order);
        let output = initdb.output().expect("initdb");
        assert!(output.status.success(), "initdb failed; it must be PostgreSQL 15 or newer. {}", told(&output));
        let file = data.join("postgresql.conf");
        let usual = fs::read_to_string(&file).expect("initdb's settings");
        fs::write(&file, usual + &settings(&self.folder, durability)).expect("a folder that can be written");
    }

    fn start_on_a_free_port(&mut self) {
        for port in ports().filter(|port| TcpListener::bind(("127.0.0.1", *port)).is_ok()) {
            let output = self.try_start(port);
            if output.status.success() {
                self.port = port;
                return;
            }
            // Another process may have been quicker.
            assert!(self.log().contains("in use"), "PostgreSQL did not start: {}\n{}", told(&output), self.log());
        }
        panic!("no free port on 127.0.0.1");
    }

    fn try_start(&self, port: u16) -> Output {
        let log = self.folder.join("log");
        self.pg_ctl(&["-l", &log.to_string_lossy(), "-o", &format!("-p {port}"), "start"])
    }

    fn pg_ctl(&self, args: &[&str]) -> Output {
        let mut command = self.programs.command("pg_ctl");
        command.args(["-w", "-t", "60", "-D"]).arg(self.data()).args(args).output().expect("pg_ctl")
    }

    fn prepare(&self, template: &str, prepare: impl FnOnce(&str)) {
        // A preparation that panicked has not entered its name, and is done again.
        let mut templates = self.templates.lock().unwrap_or_else(PoisonError::into_inner);
        if templates.contains(template) {
            return;
        }
        self.run(&format!("DROP DATABASE IF EXISTS {template} WITH (FORCE)"));
        self.run(&format!("CREATE DATABASE {template}"));
        prepare(&url(self.port, template));
        templates.insert(template.to_owned());
    }

    fn copy_of(&self, template: &str) -> Database {
        let name = format!("test_{}", self.databases.fetch_add(1, Ordering::Relaxed));
        // Copying the files costs half of what writing them through the log does.
        self.run(&format!("CREATE DATABASE {name} TEMPLATE {template} STRATEGY FILE_COPY"));
        Database { url: url(self.port, &name), port: self.port, name }
    }

    fn run(&self, statement: &str) {
        let mut connection = PgConnection::establish(&url(self.port, "postgres")).expect("the test's own PostgreSQL");
        sql_query(statement).execute(&mut connection).unwrap_or_else(|error| panic!("{statement}: {error}"));
    }

    fn data(&self) -> PathBuf {
        self.folder.join("data")
    }

    fn log(&self) -> String {
        fs::read_to_string(self.folder.join("log")).unwrap_or_default()
    }
}

/// A database of one test's own. It goes when this is dropped, with whoever is still connected, so that a run stays small.
pub struct Database {
    url: String,
    port: u16,
    name: String,
}

impl Database {
    /// Its address, for this process and any other on this machine.
    pub fn url(&self) -> &str {
        &self.url
    }
}

impl Drop for Database {
    fn drop(&mut self) {
        // A server that was stopped has nothing to drop; its folder goes as a whole.
        if let Ok(mut connection) = PgConnection::establish(&url(self.port, "postgres")) {
            let dropped = sql_query(format!("DROP DATABASE {} WITH (FORCE)", self.name)).execute(&mut connection);
            assert!(dropped.is_ok() || std::thread::panicking(), "{} stays: {dropped:?}", self.name);
        }
    }
}

fn url(port: u16, database: &str) -> String {
    format!("postgres://postgres@127.0.0.1:{port}/{database}")
}

/// Below the ports that systems hand out for outgoing connections, so that a server that was stopped finds its port free again.
fn ports() -> impl Iterator<Item = u16> {
    static NEXT: AtomicU32 = AtomicU32::new(0);
    let process = std::process::id().wrapping_mul(31);
    let next = move || NEXT.fetch_add(1, Ordering::Relaxed).wrapping_add(process) % 12_000;
    (0..1_000).filter_map(move |_| u16::try_from(20_000 + next()).ok())
}

fn settings(folder: &Path, durability: Durability) -> String {
    let socket = folder.display();
    let common =
        format!("\nlisten_addresses = '127.0.0.1'\nunix_socket_directories = '{socket}'\nmax_connections = 300\n");
    match durability {
        Durability::Full => common,
        // synchronous_commit stays on: a server that finds it off may refuse to work.
        Durability::None => common + "fsync = off\nfull_page_writes = off\nautovacuum = off\nmax_wal_size = 4GB\n",
    }
}

fn told(output: &Output) -> String {
    let text = [output.stdout.as_slice(), output.stderr.as_slice()].concat();
    String::from_utf8_lossy(&text).trim().to_owned()
}
