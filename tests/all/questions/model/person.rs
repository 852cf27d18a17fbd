//! The people of the model.

/// Somebody who does things.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Who {
    Planner,
    Chief,
    Dev1,
    Dev2,
    Ops1,
    Mentor1,
    Ada,
}

impl Who {
    pub const ALL: [Who; 7] = [Who::Planner, Who::Chief, Who::Dev1, Who::Dev2, Who::Ops1, Who::Mentor1, Who::Ada];

    pub fn name(self) -> &'static str {
        match self {
            Who::Planner => "planner",
            Who::Chief => "chief",
            Who::Dev1 => "dev1",
            Who::Dev2 => "dev2",
            Who::Ops1 => "ops1",
            Who::Mentor1 => "mentor1",
            Who::Ada => "ada",
        }
    }

    /// Whether they answer for this holder.
    pub fn answers_for(self, holder: &str) -> bool {
        match holder {
            "development" => matches!(self, Who::Chief | Who::Dev1 | Who::Dev2),
            "operations" => self == Who::Ops1,
            "team_mentor" => self == Who::Mentor1,
            "organizer" => self == Who::Planner,
            _ => false,
        }
    }

    /// Whether they may take a question from somebody while it lies with this holder.
    pub fn takes_over(self, holder: &str) -> bool {
        matches!(self, Who::Planner | Who::Mentor1) || (self == Who::Chief && holder == "development")
    }

    /// Whether they are on duty on Tuesday at 14:30.
    pub fn is_on_duty(self) -> bool {
        matches!(self, Who::Chief | Who::Dev1 | Who::Dev2)
    }

    /// Whether they are of the asker's team.
    pub fn asks(self) -> bool {
        self == Who::Ada
    }
}
