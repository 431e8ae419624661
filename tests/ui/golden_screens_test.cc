// What the window looks like, against pictures of it that somebody has looked at: at 100 and 200 %, in English and in
// Dari. `DAFTAR_UPDATE_GOLDEN=1 golden_screens_test` takes them anew: look at each before it is committed.
//
// The program itself draws them on Xvfb, with Mesa's software OpenGL and the fonts of Debian 12. The sample waits in
// the outbox of a workstation that never met a server, so nothing on the screen has an age.
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <memory>
#include <ostream>
#include <string>

#include "storage/base/clock.h"
#include "storage/base/random.h"
#include "tests/temporary_folder.h"
#include "tests/ui/picture_difference.h"
#include "tests/ui/sample_station.h"
#include "tests/ui/xvfb.h"

namespace daftar {
namespace {

constexpr int64_t kNow = 1'795'200'000'000;  // 20 Nov 2026
// Pixels of a golden picture that may differ: another version of Mesa may round an edge otherwise. A line of text or
// the edge of a box that moves by one pixel has more of them, as has a colour.
constexpr size_t kMostOther = 25;
constexpr int kWidth = 1100, kHeight = 720;

struct Screen {
  const char* name;
  const char* language;
  int scale;  // percent; the window is as much larger
  const char* address;
};

// For what gtest says of a failure.
void PrintTo(const Screen& screen, std::ostream* out) { *out << screen.name; }

class GoldenScreenTest : public testing::TestWithParam<Screen> {
 protected:
  static void SetUpTestSuite() {
    folder_ = std::make_unique<TemporaryFolder>();
    const FakeClock clock(kNow);
    SeededRandom random(1);
    MakeSampleStation(folder_->File("replica"), clock, random);
  }
  static void TearDownTestSuite() { folder_.reset(); }

  // The program's exit code.
  static int Take(const Screen& screen, const std::string& file) {
    const std::string size =
        std::to_string(kWidth * screen.scale / 100) + "x" + std::to_string(kHeight * screen.scale / 100);
    const std::string command = DAFTAR_PROGRAM " --replica " + folder_->File("replica") + " --screenshot " + file +
                                " --lang " + screen.language + " --scale " + std::to_string(screen.scale) + " --size " +
                                size + " \"" + screen.address + "\"";
    return RunOnXvfb(command, "2600x1700", "TZ=UTC", folder_->File(""));
  }

  static std::unique_ptr<TemporaryFolder> folder_;
};

std::unique_ptr<TemporaryFolder> GoldenScreenTest::folder_;

TEST_P(GoldenScreenTest, LooksAsItDid) {
  const Screen& screen = GetParam();
  const std::string name = std::string("/") + screen.name, golden = DAFTAR_GOLDEN_SCREENS + name + ".png";
  const std::string taken = folder_->File("taken.png");
  ASSERT_EQ(Take(screen, taken), 0);
  const std::optional<ui::Picture> whole = LoadPicture(taken);
  ASSERT_TRUE(whole) << taken;
  const ui::Picture now = Shrunk(*whole, 2 * screen.scale / 100);
  if (std::getenv("DAFTAR_UPDATE_GOLDEN") != nullptr) {
    ASSERT_TRUE(ui::WritePng(now, golden).ok());
    GTEST_SKIP() << "taken anew: look at " << golden;
  }
  const std::optional<ui::Picture> then = LoadPicture(golden);
  ASSERT_TRUE(then) << golden << " cannot be read";
  ASSERT_EQ(now.width, then->width);
  ASSERT_EQ(now.height, then->height);
  const PictureDifference difference = Compare(now, *then);
  if (difference.pixels <= kMostOther) return;
  std::filesystem::create_directories(DAFTAR_TAKEN_SCREENS);
  const std::string kept = DAFTAR_TAKEN_SCREENS + name;
  std::filesystem::copy_file(taken, kept + ".png", std::filesystem::copy_options::overwrite_existing);
  ASSERT_TRUE(ui::WritePng(difference.shown, kept + ".diff.png").ok());
  ADD_FAILURE() << difference.pixels << " pixels are not as in " << golden << "\nit looks like " << kept
                << ".png now; what differs is red in " << kept << ".diff.png";
}

INSTANTIATE_TEST_SUITE_P(
    Screens, GoldenScreenTest,
    testing::Values(Screen{"home_en_100", "en", 100, "daftar:home"}, Screen{"home_en_200", "en", 200, "daftar:home"},
                    Screen{"home_fa_100", "fa", 100, "daftar:home"}, Screen{"home_fa_200", "fa", 200, "daftar:home"},
                    Screen{"incident_en_100", "en", 100, "daftar:incident/sample:I01"},
                    Screen{"incident_en_200", "en", 200, "daftar:incident/sample:I01"},
                    Screen{"incident_fa_100", "fa", 100, "daftar:incident/sample:I01"},
                    Screen{"incident_fa_200", "fa", 200, "daftar:incident/sample:I01"},
                    Screen{"search_en_100", "en", 100, "daftar:search?q=clash"},
                    Screen{"search_fa_200", "fa", 200, "daftar:search?q=clash"},
                    Screen{"map_en_200", "en", 200, "daftar:map"}, Screen{"map_fa_100", "fa", 100, "daftar:map"}),
    [](const auto& of) { return std::string(of.param.name); });

}  // namespace
}  // namespace daftar
