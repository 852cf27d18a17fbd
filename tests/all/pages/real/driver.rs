//! The one chromedriver of this test process, gone with it, and what else must be installed.

use std::io::{BufRead, BufReader};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::OnceLock;

/// Waits for the end of its input, which comes when the test process is no more. Then ends the driver and every browser
/// that is still there, and removes the folder with their profiles. What the shell does not listen to, the driver does not
/// either, so it is not asked.
const SCRIPT: &str = r#"
trap '' INT TERM HUP
"$2" --port=0 --log-level=SEVERE </dev/null &
driver=$!
read -r _
kill -KILL "$driver" 2>/dev/null
for file in "$1"/*.pid; do [ -f "$file" ] && kill -KILL "$(cat "$file")" 2>/dev/null; done
sleep 0.2
rm -rf "$1"
"#;
const STARTED: &str = "was started successfully on port ";

pub struct Driver {
    /// Where it listens.
    pub url: String,
    /// The browser that it drives.
    pub browser: PathBuf,
    /// For profiles.
    pub folder: PathBuf,
    _guard: Child,
}

impl Driver {
    /// Started at the first call.
    pub fn shared() -> &'static Driver {
        static SHARED: OnceLock<Driver> = OnceLock::new();
        SHARED.get_or_init(Driver::start)
    }

    fn start() -> Driver {
        let program = installed(&["chromedriver"], "chromium-driver");
        let browser = installed(&["chromium", "chromium-browser", "google-chrome"], "chromium");
        let korean = Command::new("fc-list").arg(":lang=ko").output();
        assert!(korean.is_ok_and(|found| !found.stdout.is_empty()), "{}", missing("fonts-noto-cjk"));
        let folder = tempfile::Builder::new().prefix("signpost-browser-").tempdir().unwrap().keep();
        let mut shell = Command::new("sh");
        shell.args(["-c", SCRIPT, "driver"]).arg(&folder).arg(program).process_group(0);
        shell.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null());
        let mut guard = shell.spawn().expect("sh");
        let mut lines = BufReader::new(guard.stdout.take().expect("a pipe")).lines().map_while(Result::ok);
        let port = lines.find_map(|line| Some(line.split_once(STARTED)?.1.trim_end_matches('.').to_owned()));
        // Whoever writes into a pipe that nobody reads stops at some point.
        std::thread::spawn(move || lines.for_each(drop));
        let url = format!("http://127.0.0.1:{}", port.expect("chromedriver says where it listens"));
        Driver { url, browser, folder, _guard: guard }
    }
}

/// axe-core, which finds what people with disabilities would stumble over.
pub fn axe() -> &'static str {
    static AXE: OnceLock<String> = OnceLock::new();
    AXE.get_or_init(|| {
        let file = target().join("tools/axe-core/axe.min.js");
        std::fs::read_to_string(file).unwrap_or_else(|_| panic!("{}", missing("axe-core under target/tools")))
    })
}

/// Where things are built.
pub fn target() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("target")
}

fn installed(names: &[&str], package: &str) -> PathBuf {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let mut places = std::env::split_paths(&path).flat_map(|folder| names.iter().map(move |name| folder.join(name)));
    places.find(|place| place.is_file()).unwrap_or_else(|| panic!("{}", missing(package)))
}

fn missing(what: &str) -> String {
    format!("the pages are tested in a real browser, and {what} is missing: run tools/test once, which installs it")
}
