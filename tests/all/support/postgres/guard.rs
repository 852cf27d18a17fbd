//! Takes a server away when its test process ends, however it ends.

use std::fs;
use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

/// Waits for the end of its input, which comes when the test process closes it or is no more. Then ends the server at once
/// (SIGQUIT is PostgreSQL's immediate shutdown) and removes the folder. Ctrl-C at the terminal must not reach it.
const SCRIPT: &str = r#"
trap '' INT TERM HUP
read -r _
pid=$(head -n 1 "$1/data/postmaster.pid" 2>/dev/null)
if [ -n "$pid" ]; then
    kill -QUIT "$pid" 2>/dev/null
    rounds=100
    while [ "$rounds" -gt 0 ] && kill -0 "$pid" 2>/dev/null; do
        sleep 0.1
        rounds=$((rounds - 1))
    done
    kill -KILL "$pid" 2>/dev/null
fi
rm -rf "$1"
"#;

/// Statics are not dropped and a killed process drops nothing, so the guard is a process of its own.
pub struct Guard(Child);

impl Guard {
    /// A guard over the server in this folder.
    pub fn over(folder: &Path) -> Guard {
        let mut shell = Command::new("sh");
        shell.args(["-c", SCRIPT, "guard"]).arg(folder).current_dir("/").process_group(0);
        shell.stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::null());
        Guard(shell.spawn().expect("sh"))
    }
}

impl Drop for Guard {
    fn drop(&mut self) {
        drop(self.0.stdin.take());
        self.0.wait().expect("the guard is our child");
    }
}

/// Ends a process and those it started with SIGKILL, and comes back when none of them does anything any more.
pub fn kill_family(leader: String) {
    // A leader that stands still starts no more of them.
    signal("-STOP", std::slice::from_ref(&leader));
    let family = [children(&leader), vec![leader]].concat();
    signal("-KILL", &family);
    let alive = || family.iter().any(|process| stat(process).is_some_and(|stat| stat.state != "Z"));
    let dead = (0..2_000).any(|_| {
        std::thread::sleep(Duration::from_millis(5));
        !alive()
    });
    assert!(dead, "SIGKILL did not end {family:?}");
}

/// Some of them may have ended by themselves; whether all are dead is asked afterwards.
fn signal(kind: &str, processes: &[String]) {
    let mut shell = Command::new("sh");
    shell.args(["-c", "kill \"$@\"", "kill", kind]).args(processes).output().expect("sh");
}

fn children(parent: &str) -> Vec<String> {
    let processes = fs::read_dir("/proc").into_iter().flatten().flatten();
    let names = processes.filter_map(|entry| entry.file_name().into_string().ok());
    names.filter(|process| stat(process).is_some_and(|stat| stat.parent == parent)).collect()
}

struct Stat {
    // "Z" is a process that is dead and not yet reaped.
    state: String,
    parent: String,
}

/// From Linux's list of processes (proc(5)). The second field is a name in parentheses, which may hold anything.
fn stat(process: &str) -> Option<Stat> {
    let stat = fs::read_to_string(format!("/proc/{process}/stat")).ok()?;
    let (_, rest) = stat.rsplit_once(')')?;
    let mut fields = rest.split_whitespace().map(str::to_owned);
    Some(Stat { state: fields.next()?, parent: fields.next()? })
}
