//! Many people are invited from a table that is pasted.

use super::browser::Browser;
use crate::on_both;
use crate::questions::scene::Scene;
use crate::support::eventually;

const PLACE: &str = "/h/h1/settings/people/import";

fn workbook(lines: &[&[&str]]) -> Vec<u8> {
    let mut book = rust_xlsxwriter::Workbook::new();
    let sheet = book.add_worksheet();
    for (line, cells) in (0..).zip(lines) {
        for (column, cell) in (0..).zip(*cells) {
            sheet.write_string(line, column, *cell).expect("a cell");
        }
    }
    book.save_to_buffer().expect("a workbook")
}

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

    fn a_workbook_is_looked_at_like_a_table(world) {
        let scene = Scene::open(world);
        let planner = Browser::of(world, scene.who("planner"));
        let book = workbook(&[&["이메일", "이름", "역할", "기관", "부서"], &["eve@example.org", "이브", "멘토", "acme", "운영팀"], &[], &["fay@example.org", "Fay"]]);
        let looked = planner.send(PLACE, &[("text", "")], Some(&book)).must(200).text();
        assert!(looked.contains("<th scope=\"row\">eve@example.org</th><td>이브</td><td>Mentor</td><td>Operations team</td>"), "{looked}");
        assert!(looked.contains("<td>4</td><th scope=\"row\">fay@example.org</th>"), "lines are numbered as in the sheet: {looked}");
        let kept = looked.split("readonly>").nth(1).and_then(|rest| rest.split("</textarea>").next()).expect("the table as text").to_owned();
        assert_eq!(scene.get("planner", "/v1/hackathons/h1/invitations").must(200).json()["items"], serde_json::json!([]));
        let made = planner.post(PLACE, &[("text", &kept), ("really", "1")]).must(200).text();
        assert_eq!(made.matches("/invitations/").count(), 2, "{made}");
    }

    fn a_file_that_is_no_table_is_refused_beside_the_field(world) {
        let scene = Scene::open(world);
        let planner = Browser::of(world, scene.who("planner"));
        let refused = planner.send(PLACE, &[("text", "email")], Some(b"PK\x03\x04 nothing")).must(422).text();
        assert!(refused.contains("href=\"#file\"") && refused.contains("id=\"file-fault\"") && refused.contains(">email</textarea>"), "{refused}");
        let wrong = workbook(&[&["email", "organization", "unit"], &["eve@example.org", "trust", "operations"], &["fay@example.org", "", ""]]);
        let refused = planner.send(PLACE, &[("really", "1")], Some(&wrong)).must(422).text();
        assert!(refused.contains("<td>2</td><td><code>unit</code>") && refused.contains("is no unit of that organization"), "{refused}");
        assert!(planner.send(PLACE, &[], Some("email\nfay@example.org".as_bytes())).must(200).text().contains("fay@example.org"));
        for nothing in ["", "email,name\n"] {
            assert!(planner.send(PLACE, &[("text", nothing)], None).must(422).text().contains("There is a problem"), "{nothing}");
        }
        planner.send(PLACE, &[], Some(&vec![b'x'; 3 * 1024 * 1024])).must(413);
        assert_eq!(scene.get("planner", "/v1/hackathons/h1/invitations").must(200).json()["items"], serde_json::json!([]));
    }
}
