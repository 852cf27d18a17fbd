//! Signing in, staying signed in, and signing out.

use chrono::TimeDelta;
use serde_json::{Value, json};

use crate::on_both;
use crate::support::{Person, Reply, World, rounds};

const RIGHT: &str = "correct horse battery staple";

fn renew(world: &World, refresh: &str) -> Reply {
    world.call("POST", "/v1/auth/refresh").json(json!({"refresh_token": refresh})).send()
}

fn renewed(world: &World, refresh: &str) -> String {
    renew(world, refresh).must(200).json()["refresh_token"].as_str().unwrap().to_owned()
}

/// Whether an access token is in force.
fn is_in(world: &World, who: &Person) -> bool {
    world.get(who, "/v1/me").status == 200
}

/// A refusal without what differs between any two requests.
fn plain(reply: &Reply) -> Value {
    let mut body = reply.json();
    body["request_id"] = Value::Null;
    body
}

on_both! {
    fn whoever_knows_the_password_gets_in(world) {
        let ada = world.with_password("ada", RIGHT);
        let tokens = world.try_login("ADA@Example.org", RIGHT).must(200);
        assert_eq!(tokens.header("cache-control"), Some("no-store"));
        let tokens = tokens.json();
        assert_eq!((&tokens["token_type"], &tokens["expires_in"]), (&json!("Bearer"), &json!(900)));
        assert_eq!(world.get(&ada, "/v1/me").must(200).json()["email"], "ada@example.org");
        let unreadable = world.try_login("ada", RIGHT).must(422).json();
        assert_eq!(unreadable["errors"][0]["pointer"], "/email");
        world.call("POST", "/v1/auth/login").json(json!({"email": ada.email, "password": RIGHT, "admin": true})).send().must(422);
        world.call("POST", "/v1/auth/login").json(json!({"email": ada.email})).send().must(422);
    }

    fn a_password_typed_on_another_keyboard_is_the_same(world) {
        use unicode_normalization::UnicodeNormalization;
        let ada: Person = world.with_password("ada", "비밀번호 열 글자쯤");
        let in_parts: String = "비밀번호 열 글자쯤".nfd().collect();
        world.try_login(&ada.email, &in_parts).must(200);
    }

    fn signing_out_ends_the_session_at_once(world) {
        let ada = world.with_password("ada", RIGHT);
        let elsewhere = world.login(&ada.email, RIGHT);
        world.post(&ada, "/v1/auth/logout", json!({})).must(204);
        world.get(&ada, "/v1/me").must(401);
        renew(world, &ada.refresh).must(401);
        assert!(is_in(world, &elsewhere));
        world.call("POST", "/v1/auth/logout").by(&ada).send().must(401);
        // The access token may have expired by the time somebody signs out.
        world.call("POST", "/v1/auth/logout").json(json!({"refresh_token": elsewhere.refresh})).send().must(204);
        assert!(!is_in(world, &elsewhere));
        world.call("POST", "/v1/auth/logout").by(&elsewhere).json(json!({"all": true})).send().must(422);
    }

    fn a_session_is_over_after_a_month_however_often_it_is_renewed(world) {
        let mut refresh = world.person("ada").refresh;
        for _ in 0..3 {
            world.later(TimeDelta::days(9));
            refresh = renewed(world, &refresh);
        }
        world.later(TimeDelta::days(3));
        renew(world, &refresh).must(401);
        world.gate.catch_up(TimeDelta::zero()).unwrap();
        let idle = world.person("bob").refresh;
        world.later(TimeDelta::days(14));
        renew(world, &idle).must(401);
    }

    fn t4_a_refresh_token_used_again_ends_the_session(world) {
        let ada = world.person("ada");
        let second = renewed(world, &ada.refresh);
        let third = renewed(world, &second);
        world.later(TimeDelta::seconds(11));
        assert!(is_in(world, &ada));
        renew(world, &ada.refresh).must(401);
        renew(world, &third).must(401);
        assert!(!is_in(world, &ada), "the access tokens of the session are refused too");
        let bob = world.person("bob");
        let second = renewed(world, &bob.refresh);
        renewed(world, &second);
        // Within ten seconds, but its successor was used.
        renew(world, &bob.refresh).must(401);
        assert!(!is_in(world, &bob));
    }

    fn t4_a_retry_whose_answer_was_lost_is_forgiven(world) {
        let ada = world.person("ada");
        let lost = renewed(world, &ada.refresh);
        world.later(TimeDelta::seconds(10));
        let second = renewed(world, &ada.refresh);
        assert_ne!(lost, second);
        renew(world, &lost).must(401);
        let third = renewed(world, &second);
        assert!(is_in(world, &ada));
        // The one that made way comes much later: somebody kept a copy.
        world.later(TimeDelta::seconds(11));
        renew(world, &lost).must(401);
        renew(world, &third).must(401);
        assert!(!is_in(world, &ada));
    }

    fn t4_of_parallel_refreshes_one_pair_is_usable(world) {
        for _ in 0..rounds(5, 100) {
            let ada = world.person("ada");
            let answers: Vec<Reply> = std::thread::scope(|scope| {
                let tries: Vec<_> = (0..4).map(|_| scope.spawn(|| renew(world, &ada.refresh))).collect();
                tries.into_iter().map(|one| one.join().unwrap()).collect()
            });
            let pairs = answers.iter().filter(|answer| answer.status == 200);
            let usable = pairs.filter(|pair| renew(world, pair.json()["refresh_token"].as_str().unwrap()).status == 200);
            assert_eq!(usable.count(), 1);
            assert!(is_in(world, &ada));
        }
    }

    fn t5_who_fails_waits_ever_longer_and_success_clears_it(world) {
        world.with_password("ada", RIGHT);
        let fail = |status| world.try_login("ada@example.org", "wrong password").must(status);
        for _ in 0..5 {
            fail(401);
        }
        for wait in [1, 2, 4, 8] {
            let refused = fail(429);
            assert_eq!(refused.header("retry-after"), Some(wait.to_string().as_str()));
            world.try_login("ada@example.org", RIGHT).must(429);
            world.later(TimeDelta::seconds(wait));
            fail(401);
        }
        world.later(TimeDelta::seconds(16));
        world.try_login("ada@example.org", RIGHT).must(200);
        for _ in 0..5 {
            fail(401);
        }
        fail(429);
    }

    fn t5_an_address_that_tries_many_accounts_waits_too(world) {
        for n in 0..50 {
            let from: std::net::IpAddr = "127.0.0.1".parse().unwrap();
            let email = signpost::base::Email::parse(&format!("nobody{n}@example.org")).unwrap();
            let subjects = signpost::account::throttle::Subjects::of(&email, Some(from));
            world.db.write_now(move |tx| signpost::account::throttle::fail(tx, &subjects)).unwrap();
        }
        let refused = world.try_login("somebody-else@example.org", RIGHT).must(429);
        assert_eq!(refused.header("retry-after"), Some("1"));
    }

    fn t5_no_stranger_locks_an_account_for_good(world) {
        use signpost::account::throttle::{Subjects, fail};
        world.with_password("ada", RIGHT);
        world.with_password("bob", RIGHT);
        for (name, waits) in [("ada", None), ("carol", Some("30"))] {
            let email = signpost::base::Email::parse(&format!("{name}@example.org")).unwrap();
            for n in 1..=200_u8 {
                let subjects = Subjects::of(&email, Some([203, 0, 113, n].into()));
                world.db.write_now(move |tx| fail(tx, &subjects)).unwrap();
            }
            // Where ada has signed in before, she need not wait at all; anybody else waits half a minute at most.
            let reply = world.try_login(email.as_str(), if name == "ada" { RIGHT } else { "wrong password" });
            assert_eq!(reply.header("retry-after"), waits, "{name}");
        }
        world.later(TimeDelta::seconds(30));
        world.try_login("carol@example.org", "wrong password").must(401);
    }

    fn t6_an_unknown_address_a_wrong_password_and_a_suspension_look_alike(world) {
        world.with_password("ada", RIGHT);
        let suspended = world.with_password("sue", RIGHT);
        let admin = world.admin();
        world.patch(&admin, &format!("/v1/users/{}", suspended.id), json!({"suspended": true})).must(200);
        world.person("invited-only");
        let kinds = [("ada", "wrong password"), ("nobody", RIGHT), ("sue", RIGHT), ("invited-only", RIGHT)];
        let mut spans = kinds.map(|_| Vec::new());
        let tries = rounds(3, 200);
        for _ in 0..tries {
            world.later(TimeDelta::days(1));
            for ((name, password), spans) in kinds.iter().zip(&mut spans) {
                let hashes = world.passwords.counted().0;
                let started = std::time::Instant::now();
                let refused = world.try_login(&format!("{name}@example.org"), password).must(401);
                spans.push(started.elapsed());
                assert_eq!(world.passwords.counted().0 - hashes, 1, "{name}");
                let first = world.try_login("nobody-at-all@example.org", RIGHT).must(401);
                assert_eq!(plain(&refused), plain(&first), "{name}");
            }
        }
        let medians = spans.map(|mut spans| { spans.sort(); spans[spans.len() / 2] });
        let (least, most) = (medians.iter().min().unwrap(), medians.iter().max().unwrap());
        // The same work was done for each. How long it took says something once there are enough tries: while other tests
        // run, a few say nothing. A hash that was left out would show, for it is most of the time.
        let alike = *most - *least < std::time::Duration::from_millis(5) + *least / 8;
        assert!(alike || tries < 200, "{medians:?}");
    }

    fn t7_many_logins_at_once_leave_room_for_others(world) {
        world.with_password("ada", RIGHT);
        let bob = world.person("bob");
        let many = 64;
        let before = world.passwords.counted().0;
        let slowest = std::thread::scope(|scope| {
            let logins: Vec<_> = (0..many)
                .map(|n| scope.spawn(move || world.try_login(&format!("person{n}@example.org"), RIGHT).status))
                .collect();
            let mut slowest = std::time::Duration::ZERO;
            let mut others = 0;
            while logins.iter().any(|login| !login.is_finished()) {
                let started = std::time::Instant::now();
                world.get(&bob, "/v1/me").must(200);
                slowest = slowest.max(started.elapsed());
                others += 1;
            }
            assert!(others >= 3, "others were served {others} times meanwhile");
            let statuses: Vec<u16> = logins.into_iter().map(|login| login.join().unwrap()).collect();
            // The address as a whole is slowed down after fifty.
            assert!(statuses.iter().all(|status| [401, 429].contains(status)), "{statuses:?}");
            slowest
        });
        let (hashes, at_once) = world.passwords.counted();
        assert!(hashes - before >= 50, "{}", hashes - before);
        assert!(at_once <= std::thread::available_parallelism().unwrap().get(), "{at_once} at once");
        assert!(slowest < std::time::Duration::from_secs(1), "{slowest:?}");
    }

    fn t7_sixty_four_people_get_in_at_once(world) {
        let hash = signpost::account::NewPassword::choose(
            signpost::account::Password::new(RIGHT), &signpost::base::Email::parse("a@b.c").unwrap(), "").unwrap().hash().unwrap();
        let people: Vec<Person> = (0..8).map(|n| world.person(&format!("person{n}"))).collect();
        for person in &people {
            let (id, hash) = (person.id, hash.clone());
            world.db.write_now(move |tx| signpost::account::set_password(tx, id, &hash, None)).unwrap();
        }
        let statuses: Vec<u16> = std::thread::scope(|scope| {
            let logins: Vec<_> = (0..64)
                .map(|n| &people[n % people.len()])
                .map(|person| scope.spawn(|| world.try_login(&person.email, RIGHT).status))
                .collect();
            logins.into_iter().map(|login| login.join().unwrap()).collect()
        });
        assert_eq!(statuses, [200; 64]);
    }

    fn guesses_made_at_once_count_one_after_another(world) {
        world.with_password("ada", RIGHT);
        let statuses: Vec<u16> = std::thread::scope(|scope| {
            let guesses: Vec<_> = (0..20).map(|_| scope.spawn(|| world.try_login("ada@example.org", "wrong password").status)).collect();
            guesses.into_iter().map(|guess| guess.join().unwrap()).collect()
        });
        assert_eq!(statuses.iter().filter(|status| **status == 401).count(), 5, "{statuses:?}");
    }
}
