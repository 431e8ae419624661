// The map's colours, and how long a frame of many points takes.
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdio>
#include <ctime>
#include <random>

#include "client/ui/map_parts.h"
#include "imgui.h"

namespace daftar::ui {
namespace {

class MapColoursTest : public ::testing::TestWithParam<ThemeKind> {
 protected:
  const MapColours colours = MapColoursOf(ThemeOf(GetParam()));
};

TEST_P(MapColoursTest, WordsAreSeenOnAnyGround) {
  EXPECT_GE(Contrast(colours.words, colours.land), 4.5f);
  EXPECT_GE(Contrast(colours.words, colours.sea), 4.5f);
  EXPECT_GE(Contrast(colours.river_words, colours.land), 4.5f);
  EXPECT_GE(Contrast(colours.river_words, colours.sea), 4.5f);
  for (const ImVec4& shade : colours.shades) {
    EXPECT_GE(Contrast(colours.words, shade), 4.5f);
    EXPECT_GE(Contrast(colours.river_words, shade), 4.5f);
  }
  EXPECT_GE(Contrast(colours.mark_words, colours.mark), 4.5f);
}

TEST_P(MapColoursTest, LinesAndMarksAreSeenOnLand) {
  EXPECT_GE(Contrast(colours.border, colours.land), 3.0f);
  EXPECT_GE(Contrast(colours.disputed, colours.land), 3.0f);
  EXPECT_GE(Contrast(colours.mark, colours.land), 3.0f);
  EXPECT_GE(Contrast(colours.river, colours.land), 3.0f);
}

TEST_P(MapColoursTest, RiversAreSeenOnTheDeepestShade) {
  EXPECT_GE(Contrast(colours.river, colours.shades[MapColours::kShades - 1]), 2.0f);
}

INSTANTIATE_TEST_SUITE_P(All, MapColoursTest,
                         ::testing::Values(ThemeKind::kLight, ThemeKind::kDark, ThemeKind::kHighContrast));

TEST(ShadesTest, NoRecordIsNoShade) { EXPECT_EQ(ShadeOf(0, 100), -1); }

TEST(ShadesTest, TheMostHasTheDeepest) { EXPECT_EQ(ShadeOf(1000, 1000), MapColours::kShades - 1); }

TEST(ShadesTest, TheLegendTellsWhereEachBegins) {
  for (const uint32_t most : {1u, 2u, 7u, 40u, 5000u}) {
    for (int shade = 0; shade < MapColours::kShades; ++shade) {
      const uint32_t least = LeastOf(shade, most);
      if (least < most) {
        EXPECT_GE(ShadeOf(least, most), shade) << most;
      }
      if (least > 1) {
        EXPECT_LT(ShadeOf(least - 1, most), shade) << most;
      }
    }
  }
}

// Nobody listens.
class Deaf final : public Wishes {
 public:
  void Open(const std::string&) override {}
  void Replace(const std::string&) override {}
  void OpenBeside(const std::string&) override {}
  void NewTab() override {}
  void GoToTab(size_t) override {}
  void CycleTabs(bool) override {}
  void CloseTab(size_t) override {}
  void ReopenTab() override {}
  void Back() override {}
  void Forward() override {}
  void Search(const std::string&) override {}
  void SyncNow() override {}
  void Run(CommandId) override {}
  void AddAccount() override {}
  void BeginForm(const forms::Wish&) override {}
  void FormTyped(forms::Node) override {}
  void FormPassage() override {}
  void FormComplete(forms::Node) override {}
  void PickOnMap(forms::Node) override {}
  void PickedOnMap(LatLon) override {}
  void GiveUpPicking() override {}
  void PreviewBulk() override {}
  void CheckForm() override {}
  void SendForm() override {}
  void DropForm() override {}
  void UndoForm(bool) override {}
  void KeepForm() override {}
  void Decide(uint64_t, daftar::Side) override {}
  void Hold(uint64_t, bool) override {}
  void ExportOutbox() override {}
  void DismissNotice() override {}
  void Act(const forms::RecordAction&) override {}
  void TakeBack() override {}
  void NeedRows(size_t) override {}
  void MoreHits() override {}
  void SavePicture() override {}
  void Preview(const std::string&) override {}
  void ToggleSide() override {}
  void SetSideWidth(float, bool) override {}
  void KeepScroll(float) override {}
  void StandAt(const std::string&) override {}
  void Describe(std::vector<uint32_t>) override {}
  void MoveMap(const MapPlace&, const WorldBox&) override {}
  void LookAtMap(uint32_t) override {}
  void OpenFromMap(uint32_t, bool) override {}
  void Scale(int) override {}
  void ToggleTheme() override {}
  void Set(const std::string&, const std::string&) override {}
  void ResetSettings(const std::string&) override {}
  void PauseSync(bool) override {}
  void Verify(bool) override {}
  void ToggleMirror() override {}
  void TogglePin() override {}
  void Keep(const OwnChange&) override {}
  void NoteTyped() override {}
  void NoteLeft() override {}
};

MapPage ManyPoints(size_t count) {
  std::mt19937 random(1);
  std::uniform_real_distribution<double> latitude(30, 42), longitude(60, 78);
  MapRecords::Records records;
  std::vector<MapRecords::Point> points;
  for (uint32_t i = 0; i < count; ++i) {
    records.ids.push_back(Uuid());
    records.first_day.push_back(static_cast<int32_t>(i % 3000));
    records.last_day.push_back(static_cast<int32_t>(i % 3000));
    records.look.push_back(MarkLook{.deadly = i % 2 == 1});
    points.push_back({.place = CurveKeyOf(ToGrid(Project({latitude(random), longitude(random)}))),
                      .record = i,
                      .radius_m = i % 5 == 0 ? MapRecords::kAsProvince : 0});
  }
  MapPage page;
  page.records = MapRecords::Make(Ground::BuiltIn(), std::move(records), std::move(points), nullptr).value();
  page.scene = NarrowMap(*page.records, {});
  return page;
}

double ProcessorMs() { return static_cast<double>(std::clock()) * 1e3 / CLOCKS_PER_SEC; }

// Milliseconds of processor time of the middle one of some frames, and the most corners of a list of them.
struct FrameCost {
  double ms = 0;
  int corners = 0;
};

FrameCost CostOf(const MapPage& page, ImVec2 size, double zoom) {
  ImGuiContext* const context = ImGui::CreateContext();
  ImGuiIO& io = ImGui::GetIO();
  io.IniFilename = nullptr;
  io.DisplaySize = size;
  io.DeltaTime = 1.0f / 60;
  Registry registry;
  Ui ui(registry, ThemeOf(ThemeKind::kLight));
  auto fonts = Fonts::Load(text::kFontFolder, 1).value();
  ui.set_fonts(fonts.get());
  ApplyTheme(ui.theme(), 1);
  Deaf deaf;
  MapScreen screen;
  std::vector<double> times;
  FrameCost cost;
  for (int frame = 0; frame < 24; ++frame) {
    ImGui::NewFrame();
    fonts->BeginFrame();
    ui.BeginFrame();
    ImGui::SetNextWindowPos({0, 0});
    ImGui::SetNextWindowSize(size);
    ImGui::Begin("page", nullptr, ImGuiWindowFlags_NoDecoration);
    const double before = ProcessorMs();
    DrawMap(ui, page, screen, deaf);
    const double taken = ProcessorMs() - before;
    ImGui::End();
    ImGui::Render();
    screen.view.zoom = zoom;
    screen.view.PanBy(3, 1);
    if (frame > 3) times.push_back(taken);
    for (int i = 0; i < ImGui::GetDrawData()->CmdListsCount; ++i)
      cost.corners = std::max(cost.corners, ImGui::GetDrawData()->CmdLists[i]->VtxBuffer.Size);
  }
  ImGui::DestroyContext(context);
  std::nth_element(times.begin(), times.begin() + static_cast<ptrdiff_t>(times.size() / 2), times.end());
  cost.ms = times[times.size() / 2];
  return cost;
}

TEST(MapFrameTest, AHundredThousandPointsAreDrawnInUnderEightMilliseconds) {
  const MapPage page = ManyPoints(100'000);
  for (const double zoom : {2.0, 4.0, 5.5, 7.0, 9.0}) {
    const FrameCost cost = CostOf(page, {1920, 1080}, zoom);
    RecordProperty("ms_at_zoom_" + std::to_string(static_cast<int>(zoom * 10)), std::to_string(cost.ms));
    printf("zoom %.1f: %.2f ms, %d corners\n", zoom, cost.ms, cost.corners);
    // ImGui's numbers of corners have 16 bits, and what comes near to that is left out.
    EXPECT_LT(cost.corners, 57'000) << "at zoom " << zoom;
#if defined(__OPTIMIZE__) && !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
    EXPECT_LT(cost.ms, 8) << "at zoom " << zoom;
#endif
  }
}

}  // namespace
}  // namespace daftar::ui
