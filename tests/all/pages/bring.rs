//! Many people are invited from a table that is pasted.

use super::browser::Browser;
use crate::on_both;
use crate::questions::scene::Scene;
use crate::support::eventually;

const PLACE: &str = "/h/h1/settings/people/import";

on_both! {
    fn a_table_is_looked_at_and_then_all_are_invited(world) {
        let scene = Scene::open(world);
        let planner = Browser::of(world, scene.who("planner"));
        let table = "이메일\t이름\t역할\t부서\neve@example.org\t이브\t멘토, 심사위원\t운영팀\nfay@example.org\t\t\t\n";
        let looked = planner.post(PLACE, &[("text", table)]).must(200).text();
        assert!(looked.contains("<th scope=\"row\">eve@example.org</th><td>이브</td><td>Mentor, Judge</td><td>Operations team</td>"), "{looked}");
        assert!(looked.contains("fay@example.org</th><td></td><td>Participant</td>"), "{looked}");
        let open = || scene.get("planner", "/v1/hackathons/h1/invitations").must(200).json()["items"].as_array().unwrap().len();
        assert_eq!(open(), 0, "looking invites nobody");
        let made = planner.post(PLACE, &[("text", table), ("really", "1")]).must(200).text();
        assert_eq!(made.matches("/invitations/").count(), 2, "{made}");
        assert_eq!(open(), 2);
        for who in ["eve@example.org", "fay@example.org"] {
            eventually("the letter", || world.mailer.kept().iter().any(|mail| mail.contains(who)).then_some(()));
        }
    }

    fn every_fault_is_told_with_its_line_and_nobody_is_invited(world) {
        let scene = Scene::open(world);
        let planner = Browser::of(world, scene.who("planner"));
        let broken = "email,roles\neve@example.org,mentor\nfay,king\n";
        let refused = planner.post(PLACE, &[("text", broken), ("really", "1")]).must(422).text();
        assert!(refused.contains("<td>3</td><td><code>email</code>"), "{refused}");
        assert!(refused.contains("There is no role &#34;king&#34;"), "{refused}");
        assert!(refused.contains("eve@example.org,mentor"), "what was pasted is kept: {refused}");
        let unknown = "email,organization\neve@example.org,Nowhere\nfay@example.org,acme\n";
        let refused = planner.post(PLACE, &[("text", unknown), ("really", "1")]).must(422).text();
        assert!(refused.contains("<td>2</td><td><code>organization</code>"), "{refused}");
        let korean = Browser::of(world, scene.who("planner")).korean().post(PLACE, &[("text", "name\nEve")]).must(422).text();
        assert!(korean.contains("첫 줄에 열 이름을 적고"), "{korean}");
        assert_eq!(scene.get("planner", "/v1/hackathons/h1/invitations").must(200).json()["items"], serde_json::json!([]));
        Browser::of(world, scene.who("ada")).post(PLACE, &[("text", "email\neve@example.org"), ("really", "1")]).must(403);
    }
}
