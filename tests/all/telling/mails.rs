//! Mails: when they go out, what stands in them, and what becomes of those that fail.

use base64::Engine;
use chrono::TimeDelta;
use serde_json::json;
use signpost::notification::post::{self, TRIES};

use super::dispatched;
use crate::on_both;
use crate::questions::scene::{QUESTIONS, Scene};
use crate::support::{World, eventually};

/// A header of a letter, unfolded.
pub fn header(letter: &str, name: &str) -> String {
    let head = letter.split("\r\n\r\n").next().unwrap_or_default().replace("\r\n ", " ");
    let line = head.lines().find_map(|line| line.strip_prefix(&format!("{name}: ")));
    line.unwrap_or_else(|| panic!("no {name} in\n{letter}")).to_owned()
}

/// The parts of a letter as they are read: the text, then the page.
pub fn parts(letter: &str) -> Vec<String> {
    let boundary = letter.split("boundary=\"").nth(1).unwrap().split('"').next().unwrap();
    let line = format!("--{boundary}");
    let parts = letter.split(&line).skip(1).filter(|part| part.contains("Content-Type"));
    let read = |part: &str| {
        let (head, body) = part.split_once("\r\n\r\n").unwrap();
        match head.split("Content-Transfer-Encoding: ").nth(1).unwrap().lines().next().unwrap() {
            "base64" => {
                let body: String = body.split_whitespace().collect();
                String::from_utf8(base64::engine::general_purpose::STANDARD.decode(body).unwrap()).unwrap()
            }
            "quoted-printable" => unquoted(body),
            _ => body.to_owned(),
        }
    };
    parts.map(read).map(|text| text.replace("\r\n", "\n")).collect()
}

fn unquoted(body: &str) -> String {
    let (body, mut bytes) = (body.replace("=\r\n", ""), Vec::new());
    let mut rest = body.as_bytes();
    while let Some((first, others)) = rest.split_first() {
        if *first == b'=' {
            bytes.push(u8::from_str_radix(std::str::from_utf8(&others[..2]).unwrap(), 16).unwrap());
            rest = &others[2..];
        } else {
            bytes.push(*first);
            rest = others;
        }
    }
    String::from_utf8(bytes).unwrap()
}

/// Every letter to somebody so far.
pub fn letters(world: &World, to: &str) -> Vec<String> {
    let all = world.mailer.kept();
    all.into_iter().filter(|letter| header(letter, "To").contains(&format!("{to}@example.org"))).collect()
}

/// Waits for the letter that is somebody's n-th.
#[track_caller]
pub fn letter(world: &World, to: &str, n: usize) -> String {
    eventually("a letter", || letters(world, to).into_iter().nth(n - 1))
}

/// Nothing more goes out before the clock moves on: whoever is told last has got theirs.
fn quiet() {
    std::thread::sleep(std::time::Duration::from_millis(1_300));
}

fn minutes(count: i64) -> TimeDelta {
    TimeDelta::minutes(count)
}

on_both! {
    fn a_digest_goes_out_soon_and_then_once_an_hour(world) {
        let scene = Scene::open(world);
        scene.on_etl();
        scene.on_etl();
        dispatched(world);
        quiet();
        assert_eq!(world.mailer.kept().len(), 0, "it collects for a minute");
        world.later(TimeDelta::seconds(61));
        let first = letter(world, "dev1", 1);
        let text = parts(&first).remove(0);
        assert!(text.contains("#1 How do I schedule a pipeline?") && text.contains("#2 How do I"), "{text}");
        assert_eq!(header(&first, "Subject"), "News of 2 questions");
        scene.on_etl();
        dispatched(world);
        world.later(minutes(30));
        quiet();
        assert_eq!(letters(world, "dev1").len(), 1);
        world.later(minutes(31));
        assert_eq!(header(&letter(world, "dev1", 2), "Subject"), "#3 How do I schedule a pipeline?");
        quiet();
        assert_eq!(letters(world, "dev1").len(), 2);
    }

    fn who_wants_each_gets_each_and_who_wants_none_gets_none(world) {
        let scene = Scene::open(world);
        let prefer = |who: &str, email: &str| {
            world.patch(scene.who(who), "/v1/me/notifications/preferences", json!({"email": email})).must(200);
        };
        prefer("dev1", "each");
        prefer("dev2", "off");
        scene.on_etl();
        scene.on_etl();
        letter(world, "dev1", 2);
        world.later(minutes(2));
        letter(world, "chief", 1);
        quiet();
        assert_eq!((letters(world, "dev1").len(), letters(world, "dev2").len()), (2, 0));
    }

    fn what_was_read_or_is_hidden_by_now_does_not_go_out(world) {
        let scene = Scene::open(world);
        let question = scene.on_etl();
        world.put(scene.who("cleo"), &format!("{QUESTIONS}/{question}/followers/me"), json!(null));
        scene.verb("dev1", &question, "claim").must(200);
        scene.edit("ada", &question, json!({"visibility": "team"})).must(200);
        dispatched(world);
        scene.post("dev1", "/v1/me/notifications/read", json!({})).must(204);
        world.later(minutes(2));
        letter(world, "chief", 1);
        quiet();
        assert_eq!((letters(world, "dev1").len(), letters(world, "cleo").len()), (0, 0));
    }

    fn a_mail_speaks_the_reader_s_language_as_text_and_as_a_page(world) {
        let scene = Scene::open(world);
        world.patch(scene.who("dev2"), "/v1/me", json!({"locale": "ko"})).must(200);
        let title = "Why <b>not</b> & \"how\"?";
        let body = "The words of a question stay in the house.";
        let question = scene.ask("ada", json!({"title": title, "body": body, "topic": "etl"}));
        scene.verb("planner", question["id"].as_str().unwrap(), "claim").must(200);
        dispatched(world);
        world.later(minutes(2));
        let (english, korean) = (letter(world, "dev1", 1), letter(world, "dev2", 1));
        let base = world.gate.issuer();
        let settings = |letter: &str| header(letter, "List-Unsubscribe").trim_matches(['<', '>']).to_owned();
        let [text, page] = <[String; 2]>::try_from(parts(&english)).unwrap();
        assert_eq!(text.trim(), format!(
            "Hello dev1\n\n#1 Why <b>not</b> & \"how\"?\nOne\n\n- It lies with Development team.\n  You get this because the question lies \
             with you or with whom you answer for.\n\n{base}/h/h1/questions/1\n\n--\nStop these mails: {}", settings(&english)));
        assert!(page.contains("Why &#60;b&#62;not&#60;/b&#62; &#38; &#34;how&#34;?") && !page.contains("<b>"), "{page}");
        assert!(page.contains("<html lang=\"en\">") && page.contains(&format!("{base}/h/h1/questions/1")), "{page}");
        let [text, page] = <[String; 2]>::try_from(parts(&korean)).unwrap();
        assert_eq!(text.trim(), format!(
            "안녕하세요, dev2\n\n#1 Why <b>not</b> & \"how\"?\n하나\n\n- 담당이 정해졌습니다: 개발팀\n  나 또는 내가 맡은 곳이 담당하는 질문이라 \
             알려 드립니다.\n\n{base}/h/h1/questions/1\n\n--\n메일 그만 받기: {}", settings(&korean)));
        assert!(page.contains("<html lang=\"ko\">") && page.contains("담당이 정해졌습니다: 개발팀"), "{page}");
        for letter in [&english, &korean] {
            assert_eq!(header(letter, "Auto-Submitted"), "auto-generated");
            assert_eq!(header(letter, "List-Unsubscribe-Post"), "List-Unsubscribe=One-Click");
            assert!(!parts(letter).concat().contains("stay in the house"));
        }
        assert_ne!(header(&english, "Message-ID"), header(&korean, "Message-ID"));
    }

    fn what_the_mail_server_refuses_is_tried_again_and_given_up_in_the_end(world) {
        let scene = Scene::open(world);
        world.mailer.refuse(true);
        scene.on_etl();
        dispatched(world);
        world.later(minutes(2));
        let waiting = || world.db.read_now(|tx| signpost::notification::store::mail::due(tx, 100)).unwrap();
        eventually("trying", || waiting().is_empty().then_some(()));
        quiet();
        world.mailer.refuse(false);
        world.later(minutes(2));
        letter(world, "dev1", 1);
        quiet();
        assert_eq!(world.mailer.kept().len(), 6, "each of the six went out once");
        world.mailer.refuse(true);
        scene.on_etl();
        dispatched(world);
        let given_up = || world.db.read_now(post::given_up).unwrap();
        // The clock may move while a try is under way, which then counts from the later time: some moves are for nothing.
        for _ in 0..3 * TRIES {
            if given_up().0 == 6 {
                break;
            }
            world.later(minutes(241));
            eventually("trying", || waiting().is_empty().then_some(()));
            quiet();
        }
        let (dead, told) = given_up();
        assert_eq!((dead, told.as_str()), (6, "421 away"));
        assert_eq!(world.mailer.kept().len(), 6);
    }

    fn an_invitation_goes_out_with_its_link_and_once(world) {
        let scene = Scene::open(world);
        let invite = || {
            let call = world.call("POST", "/v1/hackathons/h1/invitations").by(scene.who("planner")).header("Idempotency-Key", "k");
            call.header("Accept-Language", "ko").json(json!({"email": "new@example.org", "roles": ["judge"]})).send().must(201).json()
        };
        let link = invite()["link"].as_str().unwrap().to_owned();
        let letter = letter(world, "new", 1);
        assert!(parts(&letter).iter().all(|part| part.contains(&link)), "{letter}");
        assert!(parts(&letter)[1].contains("<html lang=\"ko\">"), "{letter}");
        assert_eq!(invite()["link"], json!(null));
        quiet();
        assert_eq!(letters(world, "new").len(), 1);
    }
}
