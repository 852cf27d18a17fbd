//! People as they stand in a table that somebody pastes: CSV with commas or semicolons, or what a spreadsheet copies, with tabs.
//! The columns are found by their heads, in English or in Korean.

use crate::base::text::{Unfit, fold};
use crate::base::{Email, Fault, Name, Sentence, say};
use crate::hackathon::Role;
use crate::pages::words;

/// The most people that are invited at once.
pub const ROWS_MOST: usize = 500;

/// Somebody to be invited.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// The line in what was pasted, from 1.
    pub line: usize,
    /// Their address.
    pub email: Email,
    /// How they are called.
    pub name: Option<Name>,
    /// What they will be; participants where nothing is said.
    pub roles: Vec<Role>,
    /// The organization, by its short name or its name.
    pub organization: Option<String>,
    /// The unit, by its short name or its name.
    pub unit: Option<String>,
}

/// A column that is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Column {
    Email,
    Name,
    Roles,
    Organization,
    Unit,
}

const HEADS: [(Column, &[&str]); 5] = [
    (Column::Email, &["email", "e-mail", "email address", "mail", "이메일", "이메일 주소", "메일"]),
    (Column::Name, &["name", "display name", "full name", "이름", "성명"]),
    (Column::Roles, &["role", "roles", "역할"]),
    (Column::Organization, &["organization", "organisation", "company", "기관", "조직", "회사", "소속"]),
    (Column::Unit, &["unit", "department", "부서", "단위"]),
];

impl Column {
    fn of(head: &str) -> Option<Column> {
        let head = fold(head.trim().trim_start_matches('\u{feff}'));
        HEADS.iter().find(|(_, names)| names.contains(&head.as_str())).map(|(column, _)| *column)
    }

    fn word(self) -> &'static str {
        match self {
            Column::Email => "email",
            Column::Name => "name",
            Column::Roles => "roles",
            Column::Organization => "organization",
            Column::Unit => "unit",
        }
    }
}

/// A fault at a line.
pub fn fault(line: usize, column: &str, code: &'static str, detail: Sentence) -> Fault {
    Fault { place: Some((line, 1)), ..Fault::new(format!("/{column}"), code, detail) }
}

/// Reads a table; every fault in it is told at once.
pub fn read(text: &str) -> Result<Vec<Row>, Vec<Fault>> {
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(delimiter(text))
        .flexible(true)
        .has_headers(false)
        .trim(csv::Trim::All)
        .from_reader(text.as_bytes());
    let (mut columns, mut rows, mut faults) = (None, Vec::new(), Vec::new());
    for record in reader.records() {
        let Ok(record) = record else { return Err(vec![fault(1, "text", "csv.shape", unreadable())]) };
        if record.iter().all(str::is_empty) {
            continue;
        }
        let line = line(text, record.position());
        let Some(known) = &columns else {
            columns = Some(heads(line, &record)?);
            continue;
        };
        match row(line, known, &record) {
            Ok(row) => rows.push(row),
            Err(found) => faults.extend(found),
        }
    }
    if rows.is_empty() && faults.is_empty() {
        faults.push(nobody(columns.is_some()));
    }
    faults.extend(whole(&rows));
    if faults.is_empty() { Ok(rows) } else { Err(faults) }
}

fn nobody(heads: bool) -> Fault {
    let detail = match heads {
        true => say!(
            "There is nobody below the heads. Write a line for each person.",
            "열 이름 아래에 아무도 없습니다. 한 줄에 한 사람씩 적으세요."
        ),
        false => say!("Paste a table, or choose a file.", "표를 붙여 넣거나 파일을 고르세요."),
    };
    fault(1, "text", "rows.none", detail)
}

/// The line in which a record begins, from 1: empty lines before it are not its own, though its reader stood there.
fn line(text: &str, at: Option<&csv::Position>) -> usize {
    let (line, byte) = at.map_or((1, 0), |at| (at.line(), at.byte()));
    let (line, byte) = (usize::try_from(line).unwrap_or(1), usize::try_from(byte).unwrap_or_default());
    let rest = text.get(byte..).unwrap_or_default();
    let empty = rest.bytes().take_while(|byte| matches!(byte, b'\n' | b'\r'));
    line + empty.filter(|byte| *byte == b'\n').count()
}

/// What stands between the cells of the first line.
fn delimiter(text: &str) -> u8 {
    let head = text.trim_start().lines().next().unwrap_or_default();
    let most = [b'\t', b';', b','].into_iter().max_by_key(|sign| head.bytes().filter(|byte| byte == sign).count());
    most.unwrap_or(b',')
}

fn heads(line: usize, record: &csv::StringRecord) -> Result<Vec<Option<Column>>, Vec<Fault>> {
    let columns: Vec<Option<Column>> = record.iter().map(Column::of).collect();
    if columns.contains(&Some(Column::Email)) {
        return Ok(columns);
    }
    let detail = say!(
        "Begin with a line of heads, one of them \"email\". Known are email, name, roles, organization and unit.",
        "첫 줄에 열 이름을 적고, 그중 하나는 \"이메일\"이어야 합니다. 쓸 수 있는 이름: 이메일, 이름, 역할, 기관, 부서"
    );
    Err(vec![fault(line, "email", "heads.missing", detail)])
}

fn row(line: usize, columns: &[Option<Column>], record: &csv::StringRecord) -> Result<Row, Vec<Fault>> {
    let cell = |wanted: Column| {
        let at = columns.iter().position(|column| *column == Some(wanted))?;
        record.get(at).map(str::trim).filter(|cell| !cell.is_empty())
    };
    let unfit = |column: Column| {
        move |unfit: Unfit| Fault { place: Some((line, 1)), ..unfit.fault(&format!("/{}", column.word())) }
    };
    let email = Email::parse(cell(Column::Email).unwrap_or_default()).map_err(unfit(Column::Email));
    let name = cell(Column::Name).map(Name::parse).transpose().map_err(unfit(Column::Name));
    let roles = roles(line, cell(Column::Roles));
    match (email, name, roles) {
        (Ok(email), Ok(name), Ok(roles)) => Ok(Row {
            line,
            email,
            name,
            roles,
            organization: cell(Column::Organization).map(str::to_owned),
            unit: cell(Column::Unit).map(str::to_owned),
        }),
        (email, name, roles) => Err(email.err().into_iter().chain(name.err()).chain(roles.err()).collect()),
    }
}

fn roles(line: usize, cell: Option<&str>) -> Result<Vec<Role>, Fault> {
    let mut roles = Vec::new();
    for said in
        cell.unwrap_or("participant").split([',', ';', '/', '|', '+']).map(str::trim).filter(|one| !one.is_empty())
    {
        let said = fold(said);
        let is_called = |one: &&Role| {
            let name = words::role(**one);
            [one.word(), &name.en, &name.ko].iter().any(|known| fold(known) == said)
        };
        let Some(role) = Role::ALL.iter().find(is_called) else {
            let known = Role::ALL.iter().map(|one| one.word()).collect::<Vec<_>>().join(", ");
            let detail = say!(
                "There is no role \"{said}\". There are: {known}.",
                "없는 역할입니다: \"{said}\". 쓸 수 있는 역할: {known}"
            );
            return Err(fault(line, Column::Roles.word(), "role.unknown", detail));
        };
        if !roles.contains(role) {
            roles.push(*role);
        }
    }
    if roles.is_empty() {
        let detail = say!(
            "Name a role, or leave the cell empty for a participant.",
            "역할을 적거나, 참가자라면 칸을 비워 두세요."
        );
        return Err(fault(line, Column::Roles.word(), "role.missing", detail));
    }
    Ok(roles)
}

/// What is wrong with the table as a whole: nobody in it, too many, somebody twice.
fn whole(rows: &[Row]) -> Vec<Fault> {
    if rows.len() > ROWS_MOST {
        let detail =
            say!("Invite at most {ROWS_MOST} people at once.", "한 번에 {ROWS_MOST}명까지 초대할 수 있습니다.");
        return vec![fault(1, "text", "rows.many", detail)];
    }
    let mut known = std::collections::HashMap::new();
    let twice = rows.iter().filter_map(|row| {
        let first = *known.entry(row.email.folded()).or_insert(row.line);
        (first != row.line).then(|| {
            let detail = say!("This address stands in line {first} already.", "{first}번째 줄에 이미 있는 주소입니다.");
            fault(row.line, Column::Email.word(), "email.twice", detail)
        })
    });
    twice.collect()
}

fn unreadable() -> Sentence {
    say!("This cannot be read as a table.", "표로 읽을 수 없습니다.")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn heads_in_both_languages_and_all_three_signs_are_read() {
        let read = |text: &str| read(text).unwrap_or_default();
        let rows = read("Email,Name,Roles,Organization\nada@example.org,Ada,\"mentor, judge\",acme\n");
        let told: Vec<_> = rows.iter().map(|row| (row.line, row.email.as_str(), row.roles.clone())).collect();
        assert_eq!(told, [(2, "ada@example.org", vec![Role::Mentor, Role::Judge])]);
        assert_eq!(rows.first().and_then(|row| row.organization.as_deref()), Some("acme"));
        let rows = read("\u{feff}이름\t이메일\t역할\n에이다\tada@example.org\t멘토\n\n밥\tbob@example.org\t");
        let told: Vec<_> = rows.iter().map(|row| (row.line, row.roles.clone())).collect();
        assert_eq!(told, [(2, vec![Role::Mentor]), (4, vec![Role::Participant])]);
        assert_eq!(
            read("email;unit\na@b.example;operations").first().and_then(|row| row.unit.as_deref()),
            Some("operations")
        );
    }

    #[test]
    fn every_fault_is_told_with_its_line() {
        let told = |text: &str| -> Vec<(usize, &str)> {
            let faults = read(text).err().unwrap_or_default();
            faults.iter().map(|one| (one.place.map_or(0, |(line, _)| line), one.code)).collect()
        };
        assert_eq!(told("name\nAda"), [(1, "heads.missing")]);
        assert_eq!(told("email,roles\nada,mentor\nbob@example.org,king"), [(2, "email.shape"), (3, "role.unknown")]);
        assert_eq!(told("email\na@b.example\nA@b.example"), [(3, "email.twice")]);
        assert_eq!(told("email,roles\na@b.example,\",\""), [(2, "role.missing")]);
        assert_eq!((told(" \n"), told("email,name\n,\n")), (vec![(1, "rows.none")], vec![(1, "rows.none")]));
    }
}
