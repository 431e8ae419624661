// What the window looks like, against pictures of it that somebody has looked at: at 100 and 200 %, in English and in
// Dari. DAFTAR_UPDATE_GOLDEN=1 takes them anew: look at each before it is committed.
#include <gtest/gtest.h>
#include <stb/stb_image.h>
#include <sys/wait.h>

#include <cstdlib>
#include <filesystem>
#include <memory>
#include <string>

#include "storage/base/clock.h"
#include "storage/base/random.h"
#include "tests/temporary_folder.h"
#include "tests/ui/sample_station.h"

namespace daftar {
namespace {

constexpr int64_t kNow = 1'795'200'000'000;  // 20 Nov 2026
// Drivers differ in the shade of a pixel, and a font's version in some of them.
constexpr int kSameShade = 24;
constexpr double kMostOther = 0.001;

struct Screen {
  const char* name;
  const char* arguments;
};

class GoldenScreenTest : public testing::TestWithParam<Screen> {
 protected:
  using Pixels = std::unique_ptr<unsigned char, decltype(&stbi_image_free)>;
  struct Image {
    Pixels pixels{nullptr, &stbi_image_free};
    int width = 0, height = 0;
  };

  static Image Load(const std::string& file) {
    Image image;
    int channels = 0;
    image.pixels.reset(stbi_load(file.c_str(), &image.width, &image.height, &channels, 3));
    return image;
  }
  // The share of pixels that are not the same.
  static double Difference(const Image& one, const Image& other) {
    const size_t pixels = static_cast<size_t>(one.width) * one.height;
    size_t different = 0;
    for (size_t i = 0; i < pixels; ++i) {
      int most = 0;
      for (size_t c = 0; c < 3; ++c)
        most = std::max(most, std::abs(one.pixels.get()[3 * i + c] - other.pixels.get()[3 * i + c]));
      different += most > kSameShade;
    }
    return static_cast<double>(different) / static_cast<double>(pixels);
  }
  // The program's exit code.
  int Take(const std::string& file) const {
    const std::string command = "XDG_STATE_HOME=" + folder_.File("state") +
                                " timeout 90 xvfb-run -a -s '-screen 0 2600x1700x24' " DAFTAR_PROGRAM " --replica " +
                                folder_.File("replica") + " --screenshot " + file + " " + GetParam().arguments;
    const int status = std::system(command.c_str());
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
  }

  TemporaryFolder folder_;
};

TEST_P(GoldenScreenTest, LooksAsItDid) {
  const FakeClock clock(kNow);
  SeededRandom random(1);
  MakeSampleStation(folder_.File("replica"), clock, random);
  const std::string golden = std::string(DAFTAR_GOLDEN_SCREENS) + "/" + GetParam().name + ".png";
  const std::string taken = folder_.File("taken.png");
  ASSERT_EQ(Take(taken), 0);
  if (std::getenv("DAFTAR_UPDATE_GOLDEN") != nullptr) {
    std::filesystem::copy_file(taken, golden, std::filesystem::copy_options::overwrite_existing);
    GTEST_SKIP() << "taken anew: look at " << golden;
  }
  const Image now = Load(taken), then = Load(golden);
  ASSERT_TRUE(now.pixels && then.pixels) << golden << " cannot be read";
  ASSERT_EQ(now.width, then.width);
  ASSERT_EQ(now.height, then.height);
  const double difference = Difference(now, then);
  const std::string kept = std::string(DAFTAR_TAKEN_SCREENS) + "/" + GetParam().name + ".png";
  if (difference > kMostOther) {
    std::filesystem::create_directories(DAFTAR_TAKEN_SCREENS);
    std::filesystem::copy_file(taken, kept, std::filesystem::copy_options::overwrite_existing);
  }
  EXPECT_LE(difference, kMostOther) << "it looks like " << kept << " now";
}

INSTANTIATE_TEST_SUITE_P(
    Screens, GoldenScreenTest,
    testing::Values(Screen{"incident_en_100", "--lang en --size 1100x720 --scale 100 daftar:incident/sample:I01"},
                    Screen{"incident_en_200", "--lang en --size 1100x720 --scale 200 daftar:incident/sample:I01"},
                    Screen{"incident_fa_100", "--lang fa --size 1100x720 --scale 100 daftar:incident/sample:I01"},
                    Screen{"incident_fa_200", "--lang fa --size 1100x720 --scale 200 daftar:incident/sample:I01"},
                    Screen{"search_en_100", "--lang en --size 1100x720 --scale 100 'daftar:search?q=clash'"},
                    Screen{"search_fa_100", "--lang fa --size 1100x720 --scale 100 'daftar:search?q=clash'"}),
    [](const auto& of) { return std::string(of.param.name); });

}  // namespace
}  // namespace daftar
