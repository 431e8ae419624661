// The program itself, on a screen without a monitor (Xvfb).
#include <gtest/gtest.h>
#include <stb/stb_image.h>

#include <array>
#include <cstdlib>
#include <fstream>
#include <memory>
#include <nlohmann/json.hpp>
#include <set>
#include <string>

#include "storage/base/clock.h"
#include "storage/base/random.h"
#include "tests/temporary_folder.h"
#include "tests/ui/sample_station.h"
#include "tests/ui/xvfb.h"

namespace daftar {
namespace {

class WindowTest : public testing::Test {
 protected:
  // The program's exit code.
  int RunDaftar(const std::string& arguments, const std::string& environment = "") {
    return RunOnXvfb(DAFTAR_PROGRAM " " + arguments + " 2>" + folder_.File("stderr"), "1400x900", environment,
                     folder_.File(""));
  }
  // What it told on its standard error.
  std::string Said() {
    std::ifstream in(folder_.File("stderr"));
    return {std::istreambuf_iterator<char>(in), {}};
  }
  void MakeReplica() { MakeSampleStation(replica_, clock_, random_); }
  int ColoursOf(const std::string& png) {
    int width = 0, height = 0, channels = 0;
    std::unique_ptr<unsigned char, decltype(&stbi_image_free)> pixels(
        stbi_load(png.c_str(), &width, &height, &channels, 3), &stbi_image_free);
    if (!pixels) return 0;
    std::set<std::array<unsigned char, 3>> colours;
    for (size_t i = 0; i < static_cast<size_t>(width) * height * 3; i += 3) {
      colours.insert({pixels.get()[i], pixels.get()[i + 1], pixels.get()[i + 2]});
    }
    return static_cast<int>(colours.size());
  }
  int LinesOf(const std::string& file) {
    std::ifstream in(file);
    int lines = 0;
    for (std::string line; std::getline(in, line);) ++lines;
    return lines;
  }

  TemporaryFolder folder_;
  std::string replica_ = folder_.File("replica");
  SystemClock clock_;
  SystemRandom random_;
};

// A blank window has a handful of colours; text alone brings a hundred shades.
constexpr int kColoursOfAPage = 60;

TEST_F(WindowTest, WithoutAReplicaItNamesTheCommandThatMakesOne) {
  EXPECT_EQ(RunDaftar("--replica " + replica_), 3);
  EXPECT_NE(Said().find("daftarctl init"), std::string::npos);
}

TEST_F(WindowTest, AReplicaInUseIsLeftAlone) {
  auto station = MakeSampleStation(replica_, clock_, random_);
  EXPECT_EQ(RunDaftar("--replica " + replica_), 8);
}

TEST_F(WindowTest, DrawsAPage) {
  MakeReplica();
  std::string png = folder_.File("page.png");
  ASSERT_EQ(RunDaftar("daftar:incident/sample:I01 --replica " + replica_ + " --screenshot " + png), 0);
  EXPECT_GT(ColoursOf(png), kColoursOfAPage);
}

TEST_F(WindowTest, DrawsAPageInEveryLanguage) {
  MakeReplica();
  for (const char* language : {"en", "ru", "tg", "fa"}) {
    const std::string png = folder_.File(std::string(language) + ".png");
    ASSERT_EQ(RunDaftar("daftar:guide --lang " + std::string(language) + " --size 1000x700 --replica " + replica_ +
                        " --screenshot " + png),
              0);
    EXPECT_GT(ColoursOf(png), kColoursOfAPage) << language;
  }
}

// How fast it is is not judged here: the machine may be busy, and the sample is small.
TEST_F(WindowTest, MeasuresItselfInEveryRow) {
  MakeReplica();
  MakeSampleStation(folder_.File("other"), clock_, random_);
  const std::string out = folder_.File("measured.json");
  const int code = RunDaftar("--bench-ui --quick --idle 1 --json --replica " + replica_ + " --against " +
                             folder_.File("other") + " >" + out);
  ASSERT_TRUE(code == 0 || code == 1) << code << ": " << Said();
  std::ifstream in(out);
  const auto json = nlohmann::json::parse(in, nullptr, /*allow_exceptions=*/false);
  ASSERT_TRUE(json.is_object());
  EXPECT_EQ(json["met"].get<bool>(), code == 0);
  std::string rows;
  for (const auto& row : json["rows"]) {
    rows += row["what"].get<std::string>() + "\n";
    EXPECT_FALSE(row["figures"].empty()) << row;
  }
  for (const char* row : {"start of an empty window",
                          "start to the first page",
                          "ratio of medians",
                          "this one's median by that",
                          "not on screen in the next frame",
                          "key to what is found",
                          "memory behind all pages",
                          "frame of the first page",
                          "frame of a search",
                          "frame of a list",
                          "frame of an incident",
                          "frame of an actor",
                          "frame of a place",
                          "frame of a source",
                          "frame of an alert period",
                          "frame of the map",
                          "frame of the timeline",
                          "frame of a graph",
                          "frame of the history",
                          "frame of sync",
                          "frame of the settings",
                          "frame of the guide",
                          "frame of scrolling",
                          "idle for 1 s: frames",
                          "idle for 1 s: processor"}) {
    EXPECT_NE(rows.find(row), std::string::npos) << row;
  }
}

TEST_F(WindowTest, RefusesAScaleAtWhichNothingCanBeRead) {
  EXPECT_EQ(RunDaftar("--scale 20 --replica " + replica_), 2);
  EXPECT_EQ(RunDaftar("--scale 400 --replica " + replica_), 2);
}

TEST_F(WindowTest, RefusesALanguageThatItDoesNotSpeakAndASizeThatIsNone) {
  EXPECT_EQ(RunDaftar("--theme pink --replica " + replica_), 2);
  EXPECT_EQ(RunDaftar("--lang de --replica " + replica_), 2);
  EXPECT_EQ(RunDaftar("--size huge --replica " + replica_), 2);
  EXPECT_EQ(RunDaftar("--size 10x10 --replica " + replica_), 2);
}

TEST_F(WindowTest, DrawsTheSamePageWithOldOpenGl) {
  MakeReplica();
  std::string png = folder_.File("page.png");
  ASSERT_EQ(RunDaftar("sample:I01 --replica " + replica_ + " --screenshot " + png, "DAFTAR_GL=2"), 0);
  EXPECT_GT(ColoursOf(png), kColoursOfAPage);
}

TEST_F(WindowTest, DrawsNoFramesWhileNothingHappens) {
  MakeReplica();
  std::string quick = folder_.File("quick"), idle = folder_.File("idle");
  ASSERT_EQ(RunDaftar("--exit-after 4 --replica " + replica_ + " --frames-log " + quick), 0);
  ASSERT_EQ(RunDaftar("--exit-after 16 --replica " + replica_ + " --frames-log " + idle), 0);
  EXPECT_LE(LinesOf(idle), LinesOf(quick) + 3);
}

}  // namespace
}  // namespace daftar
