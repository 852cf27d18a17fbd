//! Policies: what is promised, who is told, and which of them counts.

use serde_json::{Value, json};

use crate::on_both;
use crate::support::{Event, Reply, World, faults, text};

struct Stand<'w> {
    event: Event<'w>,
}

impl<'w> Stand<'w> {
    fn set(world: &'w World) -> Stand<'w> {
        let event = Event::open(world, "h1");
        event.partner("acme");
        let desk = json!({"slug": "desk", "owner": {"unit": "acme-unit"}, "kind": "url", "address": "https://desk.example.org"});
        event.make("channels", desk);
        event.make("topics", json!({"slug": "data", "name": "Data"}));
        event.make("topics", json!({"slug": "permissions", "name": "Permissions", "parent": "data"}));
        for role in ["accountable", "responsible"] {
            event.make("responsibilities", json!({"topic": "data", "holder": {"unit": "acme-unit"}, "role": role}));
        }
        event.make("matrix/publish", json!({}));
        Stand { event }
    }

    fn post(&self, list: &str, body: Value) -> Reply {
        self.event.world.post(&self.event.organizer, &self.event.path(list), body)
    }

    fn refused(&self, list: &str, body: Value) -> Vec<(String, String)> {
        faults(&self.post(list, body).must(422).json())
    }

    fn times(&self, scope: Value, claim: i32) -> Value {
        self.event.make("sla-policies", json!({"name": "N", "scope": scope, "claim_within_seconds": claim}))
    }

    /// In how many seconds a question on this topic is to be claimed.
    fn claim_within(&self, topic: &str) -> i64 {
        let asked = self.event.make("questions", json!({"title": "T", "topic": topic}));
        let parsed = |value: &Value| signpost::base::Instant::parse(&text(value)).expect("a time");
        parsed(&asked["due_at"]).since(parsed(&asked["created_at"])).num_seconds()
    }
}

fn one(pointer: &str, code: &str) -> Vec<(String, String)> {
    vec![(pointer.to_owned(), code.to_owned())]
}

on_both! {
    fn the_most_specific_policy_counts(world) {
        let stand = Stand::set(world);
        assert_eq!(stand.claim_within("permissions"), 3600, "what is built in");
        let hackathon = stand.times(json!({}), 50);
        assert_eq!(stand.claim_within("permissions"), 50);
        stand.times(json!({"organization": "acme"}), 40);
        assert_eq!(stand.claim_within("permissions"), 40);
        stand.times(json!({"unit": "acme-unit"}), 30);
        assert_eq!(stand.claim_within("permissions"), 30);
        stand.times(json!({"topic": "data"}), 20);
        assert_eq!((stand.claim_within("permissions"), stand.claim_within("data")), (20, 20));
        stand.times(json!({"topic": "permissions"}), 10);
        assert_eq!((stand.claim_within("permissions"), stand.claim_within("data")), (10, 20));
        assert_eq!(hackathon["scope"], json!({"kind": "hackathon", "id": null}));
    }

    fn there_is_one_policy_for_a_scope(world) {
        let stand = Stand::set(world);
        let steps = |trigger: &str, scope: Value| json!({"name": "N", "trigger": trigger, "scope": scope, "steps": []});
        for scope in [json!({}), json!({"topic": "data"}), json!({"organization": "acme"}), json!({"unit": "acme-unit"})] {
            stand.times(scope.clone(), 60);
            stand.post("sla-policies", json!({"name": "N", "scope": scope})).must(409);
            stand.post("escalation-policies", steps("unclaimed", scope.clone())).must(201);
            stand.post("escalation-policies", steps("unclaimed", scope.clone())).must(409);
            stand.post("escalation-policies", steps("unanswered", scope)).must(201);
        }
        let all = stand.event.read("sla-policies");
        assert_eq!(all["items"].as_array().expect("policies").len(), 4);
        assert_eq!(all["built_in"]["claim_within_seconds"], 3600);
        let all = stand.event.read("escalation-policies?limit=3");
        assert_eq!(all["built_in"][0], json!({"trigger": "unclaimed", "steps": [{"after_seconds": 3600, "tell": "accountable", "holder": null}], "repeats": 0}));
        let next = stand.event.read(&format!("escalation-policies?limit=100&cursor={}", text(&all["next"])));
        assert_eq!(next["items"].as_array().expect("policies").len(), 5);
    }

    fn a_change_needs_the_state_it_is_made_to(world) {
        let stand = Stand::set(world);
        let steps = json!({"name": "N", "trigger": "unclaimed", "steps": [{"after_seconds": 60, "tell": "organizers"}]});
        for (list, body) in [("sla-policies", json!({"name": "N", "claim_within_seconds": 60})), ("escalation-policies", steps)] {
            let made = stand.post(list, body).must(201);
            let (path, tag) = (made.header("location").expect("a place").to_owned(), made.etag());
            let call = |method: &str| world.call(method, &path).by(&stand.event.organizer);
            call("PATCH").json(json!({"name": "M"})).send().must(428);
            call("DELETE").send().must(428);
            let changed = call("PATCH").header("If-Match", &tag).json(json!({"name": {"en": "M", "ko": "엠"}})).send().must(200);
            assert_eq!(changed.json()["name"], json!({"en": "M", "ko": "엠"}));
            call("PATCH").header("If-Match", &tag).json(json!({"name": "O"})).send().must(412);
            call("DELETE").header("If-Match", &tag).send().must(412);
            call("GET").header("If-None-Match", &changed.etag()).send().must(304);
            call("DELETE").header("If-Match", &changed.etag()).send().must(204);
            call("GET").send().must(404);
        }
    }

    fn a_promise_is_taken_back_with_null(world) {
        let stand = Stand::set(world);
        let made = stand.times(json!({}), 60);
        let path = stand.event.path(&format!("sla-policies/{}", text(&made["id"])));
        let patch = |body: Value| world.patch(&stand.event.organizer, &path, body);
        let changed = patch(json!({"claim_within_seconds": null, "accept_within_seconds": 30})).must(200).json();
        assert_eq!((&changed["claim_within_seconds"], &changed["accept_within_seconds"]), (&Value::Null, &json!(30)));
        let moved = patch(json!({"scope": {"topic": "data"}})).must(200).json();
        assert_eq!((&moved["scope"]["kind"], &moved["accept_within_seconds"]), (&json!("topic"), &json!(30)));
        let asked = stand.event.make("questions", json!({"title": "T", "topic": "permissions"}));
        assert_eq!(asked["due_at"], Value::Null, "it counts as a whole, below its topic too");
        world.delete(&stand.event.organizer, &path).must(204);
        assert_eq!(stand.claim_within("permissions"), 3600, "what is built in counts again");
    }

    fn what_cannot_be_meant_is_refused(world) {
        let stand = Stand::set(world);
        let times = |body: Value| stand.refused("sla-policies", body);
        assert_eq!(times(json!({"name": "N", "claim_within_seconds": 0})), one("/claim_within_seconds", "seconds.range"));
        assert_eq!(times(json!({"name": "N", "resolve_within_seconds": 40_000_000})), one("/resolve_within_seconds", "seconds.range"));
        assert_eq!(times(json!({"name": "N", "scope": {"topic": "nothing"}})), one("/scope/topic", "topic.unknown"));
        assert_eq!(times(json!({"name": "N", "scope": {"topic": "data", "unit": "acme-unit"}})), one("/scope", "scope.shape"));
        assert_eq!(times(json!({"claim_within_seconds": 60})), one("/name", "field.missing"));
        let steps = |steps: Value| stand.refused("escalation-policies", json!({"name": "N", "trigger": "unclaimed", "steps": steps}));
        let step = |seconds: i32| json!({"after_seconds": seconds, "tell": "organizers"});
        assert_eq!(steps(json!([step(60), step(60)])), one("/steps/1/after_seconds", "steps.order"));
        assert_eq!(steps(json!([step(0)])), one("/steps/0/after_seconds", "seconds.range"));
        assert_eq!(steps(json!([{"after_seconds": 60, "tell": "holder"}])), one("/steps/0/holder", "tell.holder"));
        let twice = json!([{"after_seconds": 60, "tell": "organizers", "holder": {"unit": "acme-unit"}}]);
        assert_eq!(steps(twice), one("/steps/0/holder", "tell.holder"));
        assert_eq!(steps(json!([{"after_seconds": 60, "tell": "holder", "holder": {"unit": "x"}}])), one("/steps/0/holder", "holder.unknown"));
    }

    fn a_policy_goes_with_its_scope_and_keeps_whom_it_tells(world) {
        let stand = Stand::set(world);
        stand.event.make("topics", json!({"slug": "doomed", "name": "Doomed"}));
        stand.times(json!({"topic": "doomed"}), 60);
        world.delete(&stand.event.organizer, &stand.event.path("topics/doomed")).must(204);
        assert_eq!(stand.event.read("sla-policies")["items"], json!([]));
        stand.event.make("units", json!({"organization": "acme", "slug": "told", "name": "Told"}));
        let step = json!({"after_seconds": 60, "tell": "holder", "holder": {"unit": "told"}});
        stand.event.make("escalation-policies", json!({"name": "N", "trigger": "unclaimed", "steps": [step]}));
        world.delete(&stand.event.organizer, &stand.event.path("units/told")).must(409);
    }
}
