//! The program as its user runs it, on both databases.

use std::io::{BufRead, BufReader, Write};
use std::path::PathBuf;
use std::process::{Child, Command, Output, Stdio};
use std::time::{Duration, Instant};

use crate::support::postgres::{Database, Postgres};

/// A place to run the program in: a folder of its own, and the variables it is configured by.
pub struct Place {
    pub folder: tempfile::TempDir,
    pub database: Option<Database>,
}

impl Place {
    pub fn each() -> [Place; 2] {
        let place = |database| Place { folder: tempfile::tempdir().unwrap(), database };
        [place(None), place(Some(Postgres::shared().database()))]
    }

    pub fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_signpost"));
        command.args(arguments).env_clear().env("PATH", std::env::var_os("PATH").unwrap_or_default());
        command
            .env("SIGNPOST_DATA_DIR", self.folder.path().join("data"))
            .env("SIGNPOST_LISTEN", "127.0.0.1:0")
            .env("LANG", "en_GB.UTF-8");
        if let Some(database) = &self.database {
            command.env("SIGNPOST_DATABASE_URL", database.url());
        }
        command.current_dir(env!("CARGO_MANIFEST_DIR"));
        command
    }

    fn run(&self, arguments: &[&str], given: &str) -> Output {
        let mut child = self
            .command(arguments)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        child.stdin.take().unwrap().write_all(given.as_bytes()).unwrap();
        child.wait_with_output().unwrap()
    }

    #[track_caller]
    pub fn done(&self, arguments: &[&str], given: &str) -> String {
        let output = self.run(arguments, given);
        assert!(output.status.success(), "{arguments:?}: {}", told(&output));
        told(&output)
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }
}

fn told(output: &Output) -> String {
    format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr))
}

/// A running server; it is killed when this is dropped.
pub struct Server {
    pub child: Child,
    pub address: String,
    greeting: String,
}

impl Server {
    pub fn start(place: &Place) -> Server {
        Server::run(place.command(&["serve"]).stderr(Stdio::null()))
    }

    /// Runs this command, which serves, and waits until it is ready.
    pub fn run(command: &mut Command) -> Server {
        let server = Server::unready(command);
        let deadline = Instant::now() + Duration::from_secs(20);
        while get(&server.address, "/readyz").is_none_or(|(status, _)| status != 200) {
            assert!(Instant::now() < deadline, "the server is not ready");
            std::thread::sleep(Duration::from_millis(20));
        }
        server
    }

    /// As [`Server::run`], without waiting for more than its greeting.
    pub fn unready(command: &mut Command) -> Server {
        let mut child = command.stdout(Stdio::piped()).spawn().unwrap();
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let mut greeting = String::new();
        while !greeting.contains("Listening on ") {
            greeting += &(lines.next().expect("a greeting").unwrap() + "\n");
        }
        let address = greeting.lines().find_map(|line| line.strip_prefix("Listening on http://")).unwrap().to_owned();
        // The rest of the greeting has been written by now; nobody waits for more.
        std::thread::spawn(move || lines.map_while(Result::ok).for_each(drop));
        Server { child, address, greeting }
    }

    pub fn signal(&self, name: &str) {
        assert!(Command::new("kill").args([name, &self.child.id().to_string()]).status().unwrap().success());
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        drop(self.child.kill());
        drop(self.child.wait());
    }
}

pub fn get(address: &str, path: &str) -> Option<(u16, String)> {
    let config = ureq::Agent::config_builder().http_status_as_error(false).build();
    let mut answer = ureq::Agent::from(config).get(format!("http://{address}{path}")).call().ok()?;
    Some((answer.status().as_u16(), answer.body_mut().read_to_string().unwrap()))
}

fn login(address: &str, email: &str, password: &str) -> u16 {
    let config = ureq::Agent::config_builder().http_status_as_error(false).build();
    let body = serde_json::json!({ "email": email, "password": password });
    ureq::Agent::from(config).post(format!("http://{address}/v1/auth/login")).send_json(body).unwrap().status().as_u16()
}

#[test]
fn a_question_is_answered_in_the_terminal_without_a_server() {
    let [place, _] = Place::each();
    let asked = [
        "ask",
        "how do I install a python package?",
        "--file",
        "examples/fdp-monthly.yaml",
        "--at",
        "2024-11-05T14:30:00Z",
    ];
    let answer = place.done(&asked, "");
    assert!(answer.starts_with("Python packages (") && answer.contains("1. Platform operations team"), "{answer}");
    assert!(answer.contains("fdp-operations@example.org"));
    let json = place.done(&[&asked[..], &["--json", "--lang", "ko", "--team", "team-2"]].concat(), "");
    let json: serde_json::Value = serde_json::from_str(&json).unwrap();
    assert_eq!(json["contacts"][0]["reason"], "파이썬 패키지 설치 담당 · 18:00 GMT까지 응답 가능.");
    assert!(!place.path("data").exists(), "nothing is stored");
}

#[test]
fn a_broken_file_is_told_with_every_line() {
    let [place, _] = Place::each();
    let file = place.path("broken.yaml");
    let text = include_str!("../../examples/healthcare-ai.yaml").replace("Mon-Fri 09:00-17:30", "Mon-Fry 09:00-17:30");
    std::fs::write(&file, text).unwrap();
    let output = place.run(&["import", &file.to_string_lossy()], "");
    assert!(!output.status.success());
    let told = told(&output);
    assert!(
        told.contains("broken.yaml:25:") && told.contains("broken.yaml:26:") && told.contains("channels[0].hours[0]"),
        "{told}"
    );
}

#[test]
fn a_server_is_set_up_filled_backed_up_and_restored() {
    for place in Place::each() {
        let server = Server::start(&place);
        assert_eq!(login(&server.address, "ds1@example.org", "correct horse battery"), 401);
        place.done(&["import", "examples/fdp-monthly.yaml"], "");
        place.done(&["admin", "set-password", "ds1@example.org"], "correct horse battery\n");
        assert_eq!(login(&server.address, "ds1@example.org", "correct horse battery"), 200);
        let created = place.done(&["admin", "create", "root@example.org"], "");
        assert!(created.contains("root@example.org is an administrator."), "{created}");
        let backup = place.path("backup");
        place.done(&["backup", &backup.to_string_lossy()], "");
        place.done(&["restore", "--check", &backup.to_string_lossy()], "");
        place.done(&["import", "examples/healthcare-ai.yaml"], "");
        assert!(place.done(&["export", "healthcare-ai"], "").contains("slug: healthcare-ai"));
        if place.database.is_none() {
            assert!(!place.run(&["restore", &backup.to_string_lossy()], "").status.success(), "while the server runs");
        }
        drop(server);
        place.done(&["restore", &backup.to_string_lossy()], "");
        assert!(!place.run(&["export", "healthcare-ai"], "").status.success(), "the backup is older");
        assert!(place.done(&["export", "fdp-monthly"], "").contains("slug: fdp-monthly"));
        let server = Server::start(&place);
        assert_eq!(login(&server.address, "ds1@example.org", "correct horse battery"), 200);
    }
}

#[test]
fn a_damaged_backup_is_not_restored() {
    for place in Place::each() {
        place.done(&["import", "examples/fdp-monthly.yaml"], "");
        let backup = place.path("backup");
        std::fs::write(&backup, b"no backup at all").unwrap();
        assert!(!place.run(&["restore", "--check", &backup.to_string_lossy()], "").status.success());
        assert!(!place.run(&["restore", &backup.to_string_lossy()], "").status.success());
        assert!(place.done(&["export", "fdp-monthly"], "").contains("slug: fdp-monthly"));
    }
}

#[test]
fn a_fresh_server_shows_the_link_that_makes_the_first_administrator() {
    use std::os::unix::fs::PermissionsExt;
    for place in Place::each() {
        let server = Server::start(&place);
        assert!(server.greeting.starts_with("Signpost "));
        let file = place.path("data").join("setup-link.txt");
        let link = std::fs::read_to_string(&file).unwrap();
        assert_eq!(std::fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o600);
        let (_, path) = link.trim().split_once(&server.address).expect("a link to this server");
        let (status, page) = get(&server.address, path).unwrap();
        assert!(status == 200 && page.contains("<form"), "{page}");
        assert_eq!(get(&server.address, "/setup/made-up").unwrap().0, 404);
    }
}

#[test]
fn the_administrator_that_the_environment_names_is_made_once() {
    for place in Place::each() {
        let secret = place.path("password");
        std::fs::write(&secret, "a password from a file\n").unwrap();
        let start = |email: &str| {
            let mut command = place.command(&["serve"]);
            command.env("SIGNPOST_ADMIN_EMAIL", email).env("SIGNPOST_ADMIN_PASSWORD_FILE", &secret);
            let mut child = command.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
            let mut lines = BufReader::new(child.stdout.take().unwrap()).lines().map_while(Result::ok);
            let greeting: Vec<String> = lines.by_ref().take(3).collect();
            drop(child.kill());
            drop(child.wait());
            greeting.join("\n")
        };
        assert!(start("first@example.org").contains("Administrator: first@example.org"));
        assert!(start("second@example.org").contains("are ignored"));
    }
}

#[test]
fn sigterm_ends_the_server_within_ten_seconds() {
    for place in Place::each() {
        let mut server = Server::start(&place);
        server.signal("-TERM");
        let began = Instant::now();
        while server.child.try_wait().unwrap().is_none() {
            assert!(began.elapsed() < Duration::from_secs(10));
            std::thread::sleep(Duration::from_millis(20));
        }
    }
}

#[test]
fn the_doctor_and_the_health_check_tell_by_their_exit_codes() {
    for place in Place::each() {
        let doctor = place.run(&["doctor", "--json"], "");
        assert_eq!(doctor.status.code(), Some(1), "{}", told(&doctor));
        assert!(told(&doctor).contains("signpost admin create"));
        place.done(&["admin", "create", "root@example.org"], "correct horse battery");
        assert_eq!(place.run(&["doctor"], "").status.code(), Some(0));
        let wrong = place.command(&["doctor"]).env("SIGNPOST_LISTEN", "nowhere").output().unwrap();
        assert_eq!(wrong.status.code(), Some(2));
        assert!(!place.run(&["healthcheck"], "").status.success(), "nothing runs");
        let server = Server::start(&place);
        let asked = place.command(&["healthcheck"]).env("SIGNPOST_LISTEN", &server.address).output().unwrap();
        assert!(asked.status.success());
    }
}

#[test]
fn the_configuration_is_shown_without_its_secrets() {
    let [place, _] = Place::each();
    let mut command = place.command(&["config", "show"]);
    let shown = command.env("SIGNPOST_DATABASE_URL", "postgres://me:hunter2@db/signpost").output().unwrap();
    let shown = told(&shown);
    assert!(
        shown.contains("SIGNPOST_LISTEN") && shown.contains("127.0.0.1:0") && !shown.contains("hunter2"),
        "{shown}"
    );
}

#[test]
fn the_demo_has_a_life_of_questions_in_every_state() {
    let [place, _] = Place::each();
    let began = Instant::now();
    let server = Server::run(place.command(&["demo"]).stderr(Stdio::null()));
    assert!(began.elapsed() < Duration::from_secs(30), "{:?}", began.elapsed());
    let planner = crate::processes::Caller::sign_in(&server, "planner@example.org", "signpost-demo");
    let here = "/v1/hackathons/fdp-monthly";
    let all = planner.get(&format!("{here}/questions?limit=100&sort=created_at"));
    let all = all["items"].as_array().unwrap();
    let count = |fits: &dyn Fn(&serde_json::Value) -> bool| all.iter().filter(|one| fits(one)).count();
    for state in ["open", "claimed", "waiting_on_asker", "answered", "closed"] {
        assert!(count(&|one| one["state"] == state) > 0, "none is {state}");
    }
    assert!(count(&|one| one["resolution"] == "answered" && one["accepted_answer"].is_string()) > 3);
    assert_eq!(count(&|one| one["resolution"] == "duplicate"), 1);
    assert_eq!(count(&|one| one["handoff"].is_object()), 1, "one is offered");
    assert!(!planner.get(&format!("{here}/questions?overdue=true"))["items"].as_array().unwrap().is_empty());
    let whole = |one: &serde_json::Value| planner.get(&format!("{here}/questions/{}", one["number"]));
    let wholes: Vec<serde_json::Value> = all.iter().map(whole).collect();
    let by_guest =
        |one: &&serde_json::Value| one["posts"].as_array().unwrap().iter().any(|post| post["guest"].is_object());
    let answered = wholes.iter().find(by_guest).expect("a guest answered one");
    assert_eq!(
        (&answered["hops"], &answered["holder"]["slug"]),
        (&serde_json::json!(1), &serde_json::json!("data-analytics"))
    );
    assert!(
        count(&|one| one["title"].as_str().unwrap().chars().any(|c| matches!(c, '가'..='힣'))) > 2,
        "some are in Korean"
    );
    let sprints = planner.get(&format!("{here}/sprints"));
    for sprint in sprints["items"].as_array().unwrap() {
        let (from, to) = (sprint["starts_on"].as_str().unwrap(), sprint["ends_on"].as_str().unwrap());
        let within = |one: &serde_json::Value| {
            let day = &one["created_at"].as_str().unwrap()[..10];
            from <= day && day <= to
        };
        assert!(count(&within) > 1, "few in the sprint from {from} to {to}");
    }
    let host = crate::processes::Caller::sign_in(&server, "host@example.org", "signpost-demo");
    let other = host.get("/v1/hackathons/healthcare-ai/questions?limit=100");
    let other = other["items"].as_array().unwrap();
    assert!(
        other.iter().any(|one| one["hops"] == 1 && one["resolution"] == "answered") && other.len() > 3,
        "{other:?}"
    );
    let told = planner.get("/v1/me/notifications?limit=100");
    assert!(told["items"].as_array().unwrap().iter().any(|one| one["kind"] == "escalated"), "nobody was told: {told}");
}
