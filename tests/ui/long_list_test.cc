// A list of a million records, of which the library gives a window at a time.
#include <gtest/gtest.h>

#include "client/app/desk.h"
#include "client/ui/shell.h"
#include "imgui.h"
#include "tests/ui/bare_book.h"

namespace daftar {
namespace {

constexpr size_t kRecords = 1'000'000, kWindow = 200;

// A book of one list, which notes what it is asked.
class LongBook final : public app::BareBook {
 public:
  StatusOr<Content> Read(const Address& address, bool, const std::atomic<bool>&) override {
    List list;
    list.kind = "incident";
    list.title = "Incidents";
    list.total = kRecords;
    if (const std::string first = address.Param("first"); !first.empty()) list.first = std::stoul(first);
    for (size_t i = list.first; i < std::min(kRecords, list.first + kWindow); ++i) {
      ListRow row;
      row.title = "record " + std::to_string(i);
      row.address = "daftar:incident/" + std::to_string(i);
      list.rows.push_back(row);
    }
    list.more = list.first + kWindow < kRecords;
    ++reads;
    return Content(std::move(list));
  }

  std::atomic<int> reads = 0;
};

class LongListTest : public ::testing::Test {
 protected:
  LongListTest() : context_(ImGui::CreateContext()), ui_(registry_, ui::ThemeOf(ui::ThemeKind::kLight)), shell_(ui_) {
    ImGuiIO& io = ImGui::GetIO();
    io.IniFilename = nullptr;
    io.DisplaySize = {1280, 900};
    io.DeltaTime = 1.0f / 60.0f;
    fonts_ = *ui::Fonts::Load(text::kFontFolder, 1);
    ui_.set_fonts(fonts_.get());
    ui::ApplyTheme(ui_.theme(), 1);
    app::DeskHooks hooks;
    hooks.settings = [] { return Settings(); };
    desk_ = std::make_unique<app::Desk>(
        book_, [] {}, hooks, ui::OpenTabs{{"daftar:list/incident"}});
  }
  ~LongListTest() override {
    desk_.reset();
    ImGui::DestroyContext(context_);
  }
  // Draws a frame without waiting for anything that is asked.
  void DrawOnly() {
    ImGui::NewFrame();
    fonts_->BeginFrame();
    shell_.Draw(desk_->screen(), *desk_);
    ImGui::Render();
  }
  void Settle() {
    for (int i = 0; i < 5; ++i) {
      desk_->WaitUntilSettled();
      DrawOnly();
    }
  }
  void ScrollTo(size_t row) {
    desk_->screen().scroll = static_cast<float>(row) * 57;
    desk_->screen().turned = true;
  }
  bool SeesRow(size_t row) const {
    for (const ui::Widget& widget : registry_.widgets()) {
      if (widget.label == "record " + std::to_string(row)) return true;
    }
    return false;
  }

  LongBook book_;
  ImGuiContext* const context_;
  std::unique_ptr<ui::Fonts> fonts_;
  ui::Registry registry_;
  ui::Ui ui_;
  ui::Shell shell_;
  std::unique_ptr<app::Desk> desk_;
};

TEST_F(LongListTest, BeginsWithItsFirstRows) {
  Settle();
  EXPECT_TRUE(SeesRow(0));
  EXPECT_TRUE(SeesRow(5));
  EXPECT_EQ(book_.reads, 1);
}

TEST_F(LongListTest, ShowsWhatLiesInItsMiddleAfterOneMoreQuestion) {
  Settle();
  ScrollTo(500'000);
  Settle();
  EXPECT_TRUE(SeesRow(500'003));
  EXPECT_FALSE(SeesRow(0));
  EXPECT_EQ(book_.reads, 2);
}

TEST_F(LongListTest, ReachesItsLastRow) {
  Settle();
  ScrollTo(kRecords);
  Settle();
  EXPECT_TRUE(SeesRow(kRecords - 1));
}

TEST_F(LongListTest, IsNotAskedAgainWhileThatWhichIsSeenIsThere) {
  Settle();
  for (const size_t row : {20u, 60u, 100u, 150u, 30u}) {
    ScrollTo(row);
    Settle();
  }
  EXPECT_EQ(book_.reads, 1);
}

TEST_F(LongListTest, DrawsRowsThatAreOnTheirWayByTheirNumbers) {
  Settle();
  ScrollTo(500'000);
  DrawOnly();
  DrawOnly();
  EXPECT_FALSE(SeesRow(0));
  Settle();
  EXPECT_TRUE(SeesRow(500'003));
}

}  // namespace
}  // namespace daftar
