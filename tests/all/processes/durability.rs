//! D1, D2, D6: what was acknowledged is kept, whatever becomes of the process.

use std::collections::BTreeSet;
use std::process::{Command, Stdio};
use std::sync::Mutex;
use std::time::{Duration, Instant};

use serde_json::json;

use super::{QUESTIONS, Site, acknowledged, title, within};
use crate::commands::{Place, Server};
use crate::support::rounds;

/// How many write at once.
const WRITERS: usize = 6;

/// Writes from many sides until `end` has ended the server; gives the ids of what was acknowledged, and every status there was.
fn under_writes(site: &Site, server: &Server, round: usize, end: impl FnOnce()) -> (BTreeSet<String>, BTreeSet<u16>) {
    let ada = site.caller(server, "ada");
    let (kept, statuses) = (Mutex::new(BTreeSet::new()), Mutex::new(BTreeSet::new()));
    std::thread::scope(|scope| {
        for writer in 0..WRITERS {
            let (ada, kept, statuses) = (ada.clone(), &kept, &statuses);
            scope.spawn(move || {
                for n in 0.. {
                    let Some(told) = ada.ask(&title(round * WRITERS + writer, n)) else { break };
                    statuses.lock().unwrap().insert(told.status);
                    kept.lock().unwrap().extend(acknowledged(Some(told)).map(|id| id.to_string()));
                }
            });
        }
        within(Duration::from_secs(30), "writes", || (kept.lock().unwrap().len() >= 20).then_some(()));
        end();
    });
    (kept.into_inner().unwrap(), statuses.into_inner().unwrap())
}

#[test]
fn d1_what_was_acknowledged_outlives_a_kill() {
    for place in Place::each() {
        let site = Site::filled(place);
        let mut kept = BTreeSet::new();
        for round in 0..rounds(3, 100) {
            let mut server = site.serve();
            let id = server.child.id().to_string();
            let kill = || assert!(Command::new("kill").args(["-KILL", &id]).status().unwrap().success());
            let (acknowledged, _) = under_writes(&site, &server, round, kill);
            server.child.wait().unwrap();
            kept.extend(acknowledged);
            let found = site.sound();
            assert!(kept.is_subset(&found), "lost: {:?}", kept.difference(&found).collect::<Vec<_>>());
        }
        let began = Instant::now();
        let server = site.serve();
        assert!(began.elapsed() < Duration::from_secs(10), "ready again after {:?}", began.elapsed());
        let ada = site.caller(&server, "ada");
        for id in kept.iter().take(50) {
            assert_eq!(ada.get(&format!("{QUESTIONS}/{id}"))["id"], json!(id));
        }
    }
}

#[test]
fn d6_a_server_that_is_told_to_stop_finishes_what_it_began() {
    for place in Place::each() {
        let site = Site::filled(place);
        let mut server = site.serve();
        let id = server.child.id().to_string();
        let began = Mutex::new(Instant::now());
        let terminate = || {
            *began.lock().unwrap() = Instant::now();
            assert!(Command::new("kill").args(["-TERM", &id]).status().unwrap().success());
        };
        let (kept, statuses) = under_writes(&site, &server, 0, terminate);
        let ended = server.child.wait().unwrap();
        let took = began.into_inner().unwrap().elapsed();
        assert!(took < Duration::from_secs(10) && ended.success(), "{took:?} {ended}");
        assert!(statuses.is_subset(&BTreeSet::from([201, 503])), "{statuses:?}");
        let found = site.sound();
        assert!(kept.is_subset(&found), "lost: {:?}", kept.difference(&found).collect::<Vec<_>>());
    }
}

/// Needs strace and the right to trace, which not every machine gives; there it says so.
#[test]
fn d2_every_commit_on_sqlite_is_brought_to_the_disk() {
    let traces = Command::new("strace").args(["-qq", "-e", "trace=none", "true"]).stderr(Stdio::null()).status();
    if !traces.is_ok_and(|status| status.success()) {
        eprintln!("strace is missing or may not trace here, so nobody counted");
        return;
    }
    let [place, _] = Place::each();
    let site = Site::filled(place);
    let (log, plain) = (site.place.path("calls"), site.command());
    let mut command = Command::new("strace");
    command.args(["-f", "-qq", "-e", "trace=fsync,fdatasync", "-o"]).arg(&log);
    command.arg(plain.get_program()).args(plain.get_args()).env_clear().stderr(Stdio::null());
    command.envs(plain.get_envs().filter_map(|(name, value)| Some((name, value?))));
    command.current_dir(env!("CARGO_MANIFEST_DIR"));
    let mut tracer = Server::run(&mut command);
    let ada = site.caller(&tracer, "ada");
    let commits = 60;
    for n in 0..commits {
        assert_eq!(ada.ask(&title(0, n)).expect("an answer").status, 201);
    }
    // Killing the tracer would leave the server behind.
    let tracing = tracer.child.id();
    let children = std::fs::read_to_string(format!("/proc/{tracing}/task/{tracing}/children")).unwrap();
    assert!(Command::new("kill").arg("-TERM").args(children.split_whitespace()).status().unwrap().success());
    tracer.child.wait().unwrap();
    // A server that leaves it to the system to write brings itself to the disk a handful of times.
    let synced = std::fs::read_to_string(&log).unwrap().lines().filter(|line| line.contains("sync(")).count();
    assert!(synced >= commits, "{synced} times for {commits} commits, one after the other");
}
