//! The model: trained as a whole, asked without waiting.
#![expect(
    clippy::as_conversions,
    clippy::indexing_slicing,
    reason = "Scores and rows are indexed by columns whose number the constructor fixes."
)]

use super::course::Course;
use super::space::{Space, Vector};
use super::svm::{self, Fit, Weights};
use super::units::Units;

/// A topic the router holds likely.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Candidate {
    /// Index into the course's labels.
    pub label: usize,
    /// How probable it is that the question belongs there, 0 to 1.
    pub confidence: f32,
}

/// What the router makes of a text.
#[derive(Clone, PartialEq, Default, Debug)]
pub struct Guess {
    /// Up to three likeliest topics, best first; never the built-in mentor topic.
    pub top: Vec<Candidate>,
    /// True where the best topic may be taken without asking; otherwise the asker chooses, and the mentors come first.
    pub confident: bool,
    /// How probable it is that the text fits no topic, 0 to 1.
    pub off_topic: f32,
    /// The words that speak most for the best topic, strongest first.
    pub because: Vec<String>,
    /// Indices into the course's lessons: the best topic's texts nearest to the question, nearest first.
    pub like: Vec<usize>,
}

/// A trained model of one hackathon.
pub struct Router {
    space: Space,
    weights: Weights,
    columns: usize,
    vectors: Vec<Vector>,
    labels: Vec<usize>,
    lessons: Vec<usize>,
    temperature: f32,
    threshold: f32,
}

impl Router {
    /// Learns a course. The same course always gives the same router.
    #[must_use]
    pub fn train(course: &Course) -> Self {
        let units: Vec<Units> = course.texts().map(|(_, text)| Units::of(text)).collect();
        let labels: Vec<usize> = course.texts().map(|(label, _)| label).collect();
        let space = Space::of(units.iter());
        let vectors: Vec<Vector> = units.iter().map(|units| space.vector(units)).collect();
        let columns = course.labels.len() + 1;
        let mut weights = Weights::new(space.len(), columns);
        let mut alphas = vec![0.0; vectors.len() * weights.stride()];
        svm::fit(
            &mut weights,
            &vectors.iter().collect::<Vec<_>>(),
            &labels,
            &mut alphas,
            Fit { cost: 0.3, passes: 10 },
        );
        add_centroids(&mut weights, &vectors, &labels, columns);
        let known = course.lessons.iter().enumerate().filter(|(_, lesson)| lesson.label + 1 < columns);
        let lessons = known.map(|(at, _)| at).collect();
        Self { space, weights, columns, vectors, labels, lessons, temperature: 0.27, threshold: 0.5 }
    }

    /// Reads a text.
    #[must_use]
    pub fn guess(&self, text: &str) -> Guess {
        let units = Units::of(text);
        let vector = self.space.vector(&units);
        let mut scores = vec![0.0; self.weights.stride()];
        self.weights.score(&vector, &mut scores);
        let near: Vec<f32> = self.vectors.iter().map(|text| similarity(text, &vector)).collect();
        let mut best = vec![0.0f32; self.columns];
        for (label, near) in self.labels.iter().zip(&near) {
            best[*label] = best[*label].max(*near);
        }
        scores.truncate(self.columns);
        for (score, best) in scores.iter_mut().zip(&best) {
            *score += best;
        }
        self.judge(&scores, &near)
    }

    fn judge(&self, scores: &[f32], near: &[f32]) -> Guess {
        let shares = softmax(scores, self.temperature);
        let (real, off_topic) = shares.split_at(self.columns - 1);
        let mut order: Vec<usize> = (0..real.len()).collect();
        order.sort_by(|a, b| real[*b].total_cmp(&real[*a]));
        let top: Vec<Candidate> =
            order.iter().take(3).map(|&label| Candidate { label, confidence: real[label] }).collect();
        let off_topic = off_topic.first().copied().unwrap_or(0.0);
        let confident =
            top.first().is_some_and(|best| best.confidence >= self.threshold && best.confidence > off_topic);
        let like = top.first().map(|best| self.nearest(best.label, near)).unwrap_or_default();
        Guess { top, confident, off_topic, because: Vec::new(), like }
    }

    fn nearest(&self, label: usize, near: &[f32]) -> Vec<usize> {
        let mut texts: Vec<usize> = (0..self.lessons.len()).filter(|text| self.labels[*text] == label).collect();
        texts.sort_by(|a, b| near[*b].total_cmp(&near[*a]));
        texts.iter().take(3).filter_map(|text| self.lessons.get(*text).copied()).collect()
    }
}

fn softmax(scores: &[f32], temperature: f32) -> Vec<f32> {
    let most = scores.iter().copied().fold(f32::MIN, f32::max);
    let mut shares: Vec<f32> = scores.iter().map(|score| ((score - most) / temperature).exp()).collect();
    let sum: f32 = shares.iter().sum();
    for share in &mut shares {
        *share /= sum;
    }
    shares
}

/// Cosine of two vectors; both have (nearly) the same length.
fn similarity(a: &Vector, b: &Vector) -> f32 {
    let dense: f32 = a.dense.iter().zip(&b.dense).map(|(a, b)| a * b).sum();
    let (mut at, mut sparse) = (0, 0.0);
    for &(id, value) in &a.sparse {
        while at < b.sparse.len() && b.sparse[at].0 < id {
            at += 1;
        }
        if at < b.sparse.len() && b.sparse[at].0 == id {
            sparse += value * b.sparse[at].1;
        }
    }
    (dense + sparse) / (svm::square(a) * svm::square(b)).sqrt()
}

fn add_centroids(weights: &mut Weights, vectors: &[Vector], labels: &[usize], columns: usize) {
    for column in 0..columns {
        let mine = || vectors.iter().zip(labels).filter(|(_, label)| **label == column).map(|(vector, _)| vector);
        let mut sparse = std::collections::BTreeMap::new();
        let mut dense = [0.0f32; super::table::DIMENSIONS];
        for vector in mine() {
            for (id, value) in &vector.sparse {
                *sparse.entry(*id).or_insert(0.0) += value;
            }
            for (total, value) in dense.iter_mut().zip(&vector.dense) {
                *total += value;
            }
        }
        let centroid = Vector { sparse: sparse.into_iter().collect(), dense };
        let length = (svm::square(&centroid) - 1.0).max(1e-9).sqrt();
        let mut deltas = vec![0.0; weights.stride()];
        deltas[column] = 2.0 / length / 6.0f32.sqrt();
        weights.add(&centroid, &deltas, 0.0);
    }
}
