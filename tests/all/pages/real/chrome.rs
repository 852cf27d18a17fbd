//! Chromium without a window, by WebDriver (W3C), which is JSON over HTTP. The client that the other tests use is enough
//! for that: the crates made for it are asynchronous, bring twenty more with them, and leave what is Chromium's own (widths,
//! colours, the console) as untyped as it is here.

use std::sync::{Condvar, Mutex, PoisonError};
use std::time::Duration;

use serde_json::{Value, json};
use signpost::account::session::{self, Origin};

use super::driver::Driver;
use crate::support::{Person, World};

/// How many browsers are open at a time: each is a handful of processes.
const MOST: usize = 2;
static OPEN: Mutex<usize> = Mutex::new(0);
static CLOSED: Condvar = Condvar::new();

/// As root in a container, and with nothing that Chromium does on its own.
const ARGUMENTS: [&str; 11] = [
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-dev-shm-usage",
    "--no-first-run",
    "--no-default-browser-check",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--lang=en",
];

pub const TAB: &str = "\u{e004}";
pub const ENTER: &str = "\u{e007}";

/// One browser.
pub struct Chrome {
    session: String,
    profile: std::path::PathBuf,
    agent: ureq::Agent,
    origin: String,
}

impl Chrome {
    /// A browser with an empty profile, at the sign-in page of this server.
    #[track_caller]
    pub fn open(world: &World) -> Chrome {
        Chrome::at(&world.url)
    }

    /// The same for a server at this address.
    #[track_caller]
    pub fn at(origin: &str) -> Chrome {
        let driver = Driver::shared();
        let mut open = OPEN.lock().unwrap_or_else(PoisonError::into_inner);
        while *open >= MOST {
            open = CLOSED.wait(open).unwrap_or_else(PoisonError::into_inner);
        }
        *open += 1;
        drop(open);
        let config = ureq::Agent::config_builder().http_status_as_error(false);
        let agent: ureq::Agent = config.timeout_global(Some(Duration::from_secs(60))).build().into();
        let profile =
            driver.folder.join(signpost::base::secret::digest(&format!("{origin}{:?}", std::time::Instant::now())));
        let mut chrome =
            Chrome { session: format!("{}/session", driver.url), profile, agent, origin: origin.to_owned() };
        let arguments = ARGUMENTS.map(str::to_owned).into_iter();
        let arguments: Vec<String> =
            arguments.chain([format!("--user-data-dir={}", chrome.profile.display())]).collect();
        let options = json!({"binary": driver.browser, "args": arguments});
        let wanted = json!({"goog:chromeOptions": options, "goog:loggingPrefs": {"browser": "ALL"}});
        let made = chrome.call("POST", "", json!({"capabilities": {"alwaysMatch": wanted}}));
        let process = made["capabilities"]["goog:processID"].to_string();
        std::fs::write(chrome.profile.with_extension("pid"), process).unwrap();
        chrome.session = format!("{}/{}", chrome.session, made["sessionId"].as_str().expect("a session"));
        // What moves would be measured half-way.
        chrome.media("reduce");
        chrome.go("/sign-in");
        chrome
    }

    /// Signs somebody in, in place of whoever was.
    pub fn sign_in(&self, world: &World, who: &Person) {
        let user = who.id;
        let token = world.db.write_now(move |tx| session::open_in_browser(tx, user, Origin::default())).unwrap();
        self.cookie(world.gate.session_cookie(), &token);
    }

    /// Keeps a cookie for the server.
    pub fn cookie(&self, name: &str, value: &str) {
        self.call("POST", "/cookie", json!({"cookie": {"name": name, "value": value, "path": "/"}}));
    }

    /// Opens a page of the server.
    #[track_caller]
    pub fn go(&self, path: &str) {
        self.call("POST", "/url", json!({"url": format!("{}{path}", self.origin)}));
    }

    /// Where it is: the address without the server.
    pub fn place(&self) -> String {
        let url = self.call("GET", "/url", Value::Null);
        url.as_str().unwrap_or_default().trim_start_matches(&self.origin).to_owned()
    }

    /// Runs a script in the page, and gives what it returns.
    #[track_caller]
    pub fn run(&self, script: &str) -> Value {
        self.call("POST", "/execute/sync", json!({"script": script, "args": []}))
    }

    /// Runs a script whose promise is waited for.
    #[track_caller]
    pub fn wait(&self, promise: &str) -> Value {
        let script = format!("const done = arguments[0]; ({promise}).then(done, cause => done(String(cause)))");
        self.call("POST", "/execute/async", json!({"script": script, "args": []}))
    }

    /// What an expression is, as text.
    #[track_caller]
    pub fn text(&self, expression: &str) -> String {
        self.run(&format!("return String({expression})")).as_str().unwrap_or_default().to_owned()
    }

    /// Whether an expression holds by now, or within some seconds.
    #[track_caller]
    pub fn sees(&self, expression: &str) {
        let mut last = Value::Null;
        for _ in 0..400 {
            last = self.run(&format!("return ({expression})"));
            if last == json!(true) {
                return;
            }
            std::thread::sleep(Duration::from_millis(25));
        }
        panic!("{expression} is {last} at {}: {}", self.place(), self.text("document.body.innerText"));
    }

    /// Presses keys one after the other, wherever the focus is.
    #[track_caller]
    pub fn press(&self, keys: &str) {
        let stroke = |key: char| ["keyDown", "keyUp"].map(|kind| json!({"type": kind, "value": key.to_string()}));
        let strokes: Vec<Value> = keys.chars().flat_map(stroke).collect();
        self.call("POST", "/actions", json!({"actions": [{"type": "key", "id": "keys", "actions": strokes}]}));
    }

    /// Presses Tab until the focus is on something, as somebody does who has no mouse.
    #[track_caller]
    pub fn tab_to(&self, selector: &str) {
        for _ in 0..80 {
            if self.run(&format!("return document.activeElement.matches({})", json!(selector))) == json!(true) {
                return;
            }
            self.press(TAB);
        }
        panic!("no Tab leads to {selector} at {}", self.place());
    }

    /// What DevTools do.
    #[track_caller]
    pub fn devtools(&self, command: &str, parameters: Value) -> Value {
        self.call("POST", "/goog/cdp/execute", json!({"cmd": command, "params": parameters}))
    }

    /// As wide as this, in pixels of CSS.
    pub fn width(&self, width: u32) {
        let size = json!({"width": width, "height": 900, "deviceScaleFactor": 1, "mobile": false});
        self.devtools("Emulation.setDeviceMetricsOverride", size);
    }

    /// How much may move.
    pub fn media(&self, motion: &str) {
        let features = json!([{"name": "prefers-reduced-motion", "value": motion}]);
        self.devtools("Emulation.setEmulatedMedia", json!({"features": features}));
    }

    /// What the console has said since it was last asked.
    pub fn console(&self) -> Vec<String> {
        let log = self.call("POST", "/se/log", json!({"type": "browser"}));
        log.as_array().expect("a log").iter().map(|line| line["message"].to_string()).collect()
    }

    /// The page as a picture, as PNG in base64.
    pub fn picture(&self) -> String {
        let size = self.run("const whole = document.documentElement; return [innerWidth, whole.scrollHeight]");
        let height = size[1].as_u64().unwrap_or_default().clamp(100, 2_000);
        let clip = json!({"x": 0, "y": 0, "width": size[0], "height": height, "scale": 1});
        let taken = json!({"format": "png", "captureBeyondViewport": true, "optimizeForSpeed": true, "clip": clip});
        self.devtools("Page.captureScreenshot", taken)["data"].as_str().unwrap_or_default().to_owned()
    }

    #[track_caller]
    fn call(&self, method: &str, path: &str, body: Value) -> Value {
        let request = ureq::http::Request::builder().method(method).uri(format!("{}{path}", self.session));
        let request = request.header("Content-Type", "application/json");
        let sent = match method {
            "POST" => self.agent.run(request.body(body.to_string()).unwrap()),
            _ => self.agent.run(request.body(()).unwrap()),
        };
        let mut response = sent.unwrap();
        let limit = response.body_mut().with_config().limit(64 * 1024 * 1024);
        let mut answer: Value = limit.read_json().unwrap();
        assert!(
            response.status().is_success(),
            "{method} {path}: {} {}",
            answer["value"]["error"],
            answer["value"]["message"]
        );
        answer["value"].take()
    }
}

impl Drop for Chrome {
    fn drop(&mut self) {
        // It may be that there is none, where it did not start.
        drop(self.agent.delete(self.session.as_str()).call());
        drop(std::fs::remove_file(self.profile.with_extension("pid")));
        *OPEN.lock().unwrap_or_else(PoisonError::into_inner) -= 1;
        CLOSED.notify_one();
    }
}
