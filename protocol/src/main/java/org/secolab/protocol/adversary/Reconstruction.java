package org.secolab.protocol.adversary;

/**
 * How well an image was reconstructed.
 *
 * @param right inked pixels, off by at most {@value #CLOSE}
 * @param inked pixels that are not (nearly) background
 * @param error root of the mean squared error over all pixels
 * @param byChance how often the best constant guess for an inked pixel is right
 */
record Reconstruction(int right, int inked, double error, double byChance) {
  private static final double CLOSE = 0.1;

  static Reconstruction of(double[] found, float[] image) {
    int inked = 0;
    int right = 0;
    double squares = 0;
    for (int i = 0; i < found.length; i++) {
      double off = Math.abs(found[i] - image[i]);
      squares += off * off;
      inked += image[i] > CLOSE ? 1 : 0;
      right += image[i] > CLOSE && off <= CLOSE ? 1 : 0;
    }
    int guessed = 0;
    for (int guess = 0; guess <= 100; guess++) {
      int hits = 0;
      for (float pixel : image) {
        hits += pixel > CLOSE && Math.abs(pixel - guess / 100.0) <= CLOSE ? 1 : 0;
      }
      guessed = Math.max(guessed, hits);
    }
    return new Reconstruction(
        right, inked, Math.sqrt(squares / found.length), (double) guessed / inked);
  }
}
