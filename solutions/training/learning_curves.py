"""Trains the four models of the quiz on learning curves, and writes what ships: `autograder/data/learning_curves.npz`.

    python solutions/training/learning_curves.py                  # writes the file and prints its figures
    python solutions/training/learning_curves.py another_folder   # writes it elsewhere

Each model is a sum of Legendre polynomials that learns a noisy wave by gradient descent on the mean squared error.
Three learn from 40 points with 4 weights, and differ in the learning rate; one has 12 weights and only 10 points.
"""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np

ROOT = Path(__file__).parent.parent.parent
TEST_POINTS = 200
# Seed, points, weights, noise, learning rate, epochs.
MODELS = {
    "A": (5, 40, 4, 0.3, 1.1, 25),
    "B": (5, 40, 4, 0.3, 0.05, 200),
    "C": (47, 10, 12, 0.45, 0.3, 200),
    "D": (5, 40, 4, 0.3, 0.001, 200),
}


def train(seed, points, weights, noise, rate, epochs):
    """The costs on the training and the test points, before the first epoch and after each: (2, epochs + 1)."""
    rng = np.random.default_rng(seed)
    across, test_across = rng.uniform(-1, 1, points), rng.uniform(-1, 1, TEST_POINTS)
    heights = np.sin(3 * across) + noise * rng.normal(size=points)
    test_heights = np.sin(3 * test_across) + noise * rng.normal(size=TEST_POINTS)
    X, X_test = (np.polynomial.legendre.legvander(each, weights - 1) for each in (across, test_across))
    w, costs = np.zeros(weights), []
    for _ in range(epochs + 1):
        errors = X @ w - heights
        costs.append((np.mean(errors**2), np.mean((X_test @ w - test_heights) ** 2)))
        w = w - rate * 2 * X.T @ errors / points
    return np.array(costs).T


def main(folder: Path) -> None:
    """Train the models, print what came out, and write it."""
    # Six decimals: another machine's last digits make no difference to the file.
    costs = {name: train(*model).round(6) for name, model in MODELS.items()}
    for name, (training, test) in costs.items():
        print(
            f"{name}: training {training[0]:.3f} to {training[-1]:.3f}, test {test.min():.3f} at epoch {test.argmin()},"
        )
        print(f"   {test[-1]:.3f} in the end")
    np.savez_compressed(folder / "learning_curves.npz", **costs)


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "autograder" / "data")
