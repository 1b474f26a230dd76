//! What a process takes, as Linux tells it under `/proc`.

use std::fs;

/// Ticks a second in which Linux counts processor time, on every platform it runs on today.
const TICKS: f64 = 100.0;

/// A process that may be ours or not.
pub struct Process(pub u32);

/// How long some work took and what the process used meanwhile.
pub struct Used {
    pub seconds: f64,
    pub cores: f64,
}

impl Process {
    /// Does `work`, which tells how many seconds count.
    pub fn cores(&self, work: impl FnOnce() -> f64) -> Used {
        let before = self.cpu();
        let seconds = work();
        Used { seconds, cores: (self.cpu() - before) / seconds }
    }

    /// Bytes that it has in memory.
    pub fn memory(&self) -> f64 {
        let status = fs::read_to_string(format!("/proc/{}/status", self.0)).unwrap();
        let line = status.lines().find(|line| line.starts_with("VmRSS")).unwrap();
        line.split_whitespace().nth(1).unwrap().parse::<f64>().unwrap() * 1024.0
    }

    /// Seconds of processor time since it began.
    fn cpu(&self) -> f64 {
        let stat = fs::read_to_string(format!("/proc/{}/stat", self.0)).unwrap();
        // The name in parentheses may hold spaces; user and system time are the 12th and 13th after.
        let fields = stat.rsplit_once(") ").unwrap().1;
        let mut fields = fields.split(' ').skip(11).map(|field| field.parse::<f64>().unwrap());
        (fields.next().unwrap() + fields.next().unwrap()) / TICKS
    }
}
