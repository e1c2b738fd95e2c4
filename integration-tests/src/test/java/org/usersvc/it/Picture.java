package org.usersvc.it;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Objects;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;

/** A picture of a screen. A copy of it stays in target/pictures. */
record Picture(Path kept, int colours) {
  private static final Path PICTURES = Path.of("target/pictures");

  static Picture of(Path png) throws IOException {
    BufferedImage image = Objects.requireNonNull(ImageIO.read(png.toFile()), png::toString);
    var pixels = image.getRGB(0, 0, image.getWidth(), image.getHeight(), null, 0, image.getWidth());
    Files.createDirectories(PICTURES);
    var kept = PICTURES.resolve(png.getFileName());
    Files.copy(png, kept, StandardCopyOption.REPLACE_EXISTING);
    return new Picture(kept, (int) IntStream.of(pixels).distinct().count());
  }
}
