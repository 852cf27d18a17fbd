//! How much of anything the server takes.

use serde_json::json;

use crate::on_both;
use crate::support::Event;
use crate::support::contract::contract;
use crate::support::stage::Stage;

on_both! {
    fn l2_a_request_with_too_many_headers_is_refused(world) {
        let with = |count: usize| {
            // A connection that the server closes must not be taken for the next request.
            let call = world.call("GET", "/livez").header("Connection", "close");
            (0..count).fold(call, |call, n| call.header(&format!("X-Filler-{n}"), "x")).send().status
        };
        assert_eq!(with(80), 200);
        assert_eq!(with(97), 431);
        assert_eq!(with(10), 200);
    }

    fn l2_a_body_that_is_too_large_is_refused(world) {
        let event = Event::open(world, "h1");
        let unit = |bytes: usize| {
            let body = json!({"organization": "x", "slug": "u", "name": "n".repeat(bytes)}).to_string();
            world.call("POST", &event.path("units")).by(&event.organizer).header("Content-Type", "application/json").body(body).send()
        };
        unit(2 * 1024 * 1024).must(413);
        unit(200 * 1024).must(422);
        let file = "# ".repeat(3 * 1024 * 1024);
        let import = world.call("POST", "/v1/hackathons/import").by(&event.organizer).header("Content-Type", "application/yaml");
        import.body(file).send().must(413);
    }

    fn l2_deep_nesting_is_refused(world) {
        let event = Event::open(world, "h1");
        let deep = |open: &str, close: &str| format!("{{\"slug\": {}{}}}", open.repeat(200), close.repeat(200));
        for body in [deep("[", "]"), deep("{\"a\": ", "}")] {
            let call = world.call("POST", &event.path("units")).by(&event.organizer).header("Content-Type", "application/json");
            call.body(body).send().must(422);
        }
        let file = format!("signpost: {}1{}", "[".repeat(200), "]".repeat(200));
        let import = world.call("POST", "/v1/hackathons/import").by(&world.admin()).header("Content-Type", "application/yaml");
        import.body(file).send().must(422);
    }

    fn l2_a_page_is_of_a_sensible_length_and_goes_on_from_a_cursor_of_its_own(world) {
        let stage = Stage::set(world, "here");
        let is_list = |told: &serde_json::Value| told["parameters"].to_string().contains("/Limit");
        let lists: Vec<_> = contract().operations.iter().filter(|operation| is_list(&operation.told)).collect();
        assert!(lists.len() > 10, "the lists were not found");
        for list in lists {
            let path = stage.path(list);
            let who = if path.starts_with("/v1/users") { world.admin() } else { stage.event.organizer.clone() };
            for limit in ["0", "-1", "101", "1000000000", "99999999999999999999", "x", ""] {
                world.get(&who, &format!("{path}?limit={limit}")).must(422);
            }
            for cursor in ["x", "AAAA", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", "%00", "..%2F"] {
                world.get(&who, &format!("{path}?cursor={cursor}")).must(422);
            }
            for limit in ["1", "100"] {
                world.get(&who, &format!("{path}?limit={limit}")).must(200);
            }
        }
        let next = world.get(&stage.event.organizer, &stage.event.path("members?limit=1")).must(200).json()["next"].clone();
        let next = next.as_str().unwrap();
        world.get(&stage.event.organizer, &stage.event.path(&format!("members?cursor={next}"))).must(200);
        world.get(&stage.event.organizer, &stage.event.path(&format!("teams?cursor={next}"))).must(422);
    }
}
