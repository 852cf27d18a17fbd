//! `/docs`: the contract for reading, whole, on this server alone.

use crate::on_both;
use crate::support::World;
use crate::support::contract::{contract, object};

fn page(world: &World) -> String {
    world.call("GET", "/docs").send().must(200).text()
}

on_both! {
    fn the_reference_tells_every_operation_and_every_schema(world) {
        let html = page(world);
        for operation in &contract().operations {
            assert!(html.contains(&format!("<article id=\"{}\"", operation.id)), "{}", operation.id);
        }
        for (name, _) in object(&contract().document["components"]["schemas"]) {
            assert!(html.contains(&format!("<article id=\"schema-{name}\"")), "{name}");
        }
    }

    fn every_link_of_the_reference_leads_somewhere(world) {
        let html = page(world);
        for target in html.split("href=\"").skip(1).filter_map(|rest| rest.split('"').next()) {
            match target.strip_prefix('#') {
                Some(anchor) => assert!(html.contains(&format!(" id=\"{anchor}\"")), "{target}"),
                None => drop(world.call("GET", target).send().must(200)),
            }
        }
    }

    fn the_reference_needs_no_script_and_no_other_server(world) {
        let reply = world.call("GET", "/docs").send().must(200);
        let policy = reply.header("content-security-policy").expect("a policy").to_owned();
        assert!(policy.starts_with("default-src 'none'") && !policy.contains("unsafe") && !policy.contains("http"), "{policy}");
        let html = reply.text();
        for foreign in ["<script", "style=", "src=", "href=\"http", "@import", "javascript:"] {
            assert!(!html.contains(foreign), "{foreign}");
        }
    }
}
