// Two versions of a record chosen and compared on the page of its history, and the way back to the older one.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <optional>

#include "client/app/desk.h"
#include "client/ui/keys.h"
#include "client/ui/shell.h"
#include "imgui.h"
#include "tests/ui/bare_book.h"

namespace daftar {
namespace {

using ui::Role;
namespace keys = ui::keys;

// A book of one history of three versions, which notes what is wished.
class HistoryBook final : public app::BareBook {
 public:
  StatusOr<Content> Read(const Address& address, bool, const std::atomic<bool>&) override {
    RecordHistory page;
    page.id = "11111111-1111-7111-8111-111111111111";
    page.title = "a clash";
    for (const uint64_t revision : {12, 7, 3}) {
      RecordHistory::Step& step = page.steps.emplace_back();
      step.revision = revision;
      step.head = "Revision " + std::to_string(revision);
    }
    const auto side = [&](const char* name) {
      const std::string text = address.Param(name);
      return text.empty() ? 0 : std::stoull(text);
    };
    page.a = side("a");
    page.b = side("b");
    if (page.a != 0 && page.b != 0) {
      page.compare_words = "one part differs";
      page.differences.push_back(
          {.field = 32, .item = 0, .label = "Notes", .fields = {{"Notes", "", "at night", true}}});
    }
    return Content(std::move(page));
  }
  StatusOr<forms::ActionDone> Act(const forms::RecordAction& action) override {
    wished = action;
    return forms::ActionDone{.queued = 1, .reason = action.words, .changed = {}};
  }

  std::optional<forms::RecordAction> wished;
};

class VersionsTest : public ::testing::Test {
 protected:
  VersionsTest() : context_(ImGui::CreateContext()), ui_(registry_, ui::ThemeOf(ui::ThemeKind::kLight)), shell_(ui_) {
    ImGuiIO& io = ImGui::GetIO();
    io.IniFilename = nullptr;
    io.DisplaySize = {1280, 1400};
    io.DeltaTime = 1.0f / 60.0f;
    io.KeyMap[ImGuiKey_Enter] = keys::kEnter;
    fonts_ = *ui::Fonts::Load(text::kFontFolder, 1);
    ui_.set_fonts(fonts_.get());
    ui::ApplyTheme(ui_.theme(), 1);
    app::DeskHooks hooks;
    hooks.settings = [] { return Settings(); };
    hooks.sync_now = [] {};
    desk_ = std::make_unique<app::Desk>(
        book_, [] {}, hooks, ui::OpenTabs{{"daftar:history/x"}});
    Settle();
  }
  ~VersionsTest() override {
    desk_.reset();
    ImGui::DestroyContext(context_);
  }
  void Frame() {
    desk_->WaitUntilSettled();
    ImGui::NewFrame();
    fonts_->BeginFrame();
    shell_.Draw(desk_->screen(), *desk_);
    ImGui::Render();
  }
  void Settle() {
    for (int i = 0; i < 4; ++i) Frame();
  }
  const RecordHistory& page() { return std::get<RecordHistory>(desk_->screen().content); }
  void Hover(Role role, std::string_view text) {
    const ui::Widget* widget = registry_.FindContaining(role, text);
    ASSERT_NE(widget, nullptr) << text;
    ImGui::GetIO().MousePos = {(widget->left + widget->right) / 2, (widget->top + widget->bottom) / 2};
    Frame();
  }
  void Click(Role role, std::string_view text) {
    Hover(role, text);
    ImGui::GetIO().MouseDown[0] = true;
    Frame();
    ImGui::GetIO().MouseDown[0] = false;
    Settle();
  }
  void Press(int key) {
    ImGui::GetIO().KeysDown[key] = true;
    Frame();
    ImGui::GetIO().KeysDown[key] = false;
    Settle();
  }

  HistoryBook book_;
  ImGuiContext* const context_;
  std::unique_ptr<ui::Fonts> fonts_;
  ui::Registry registry_;
  ui::Ui ui_;
  ui::Shell shell_;
  std::unique_ptr<app::Desk> desk_;
};

TEST_F(VersionsTest, TwoClicksChooseTwoVersionsAndAThirdBeginsAnew) {
  Click(Role::kRow, "Revision 3");
  EXPECT_EQ(page().a, 3u);
  Click(Role::kRow, "Revision 12");
  EXPECT_EQ(page().a, 3u);
  EXPECT_EQ(page().b, 12u);
  EXPECT_NE(registry_.FindContaining(Role::kMark, "one part differs"), nullptr);
  Click(Role::kRow, "Revision 7");
  EXPECT_EQ(page().a, 7u);
  EXPECT_EQ(page().b, 0u);
}

TEST_F(VersionsTest, TheKeys1And2Choose) {
  Hover(Role::kRow, "Revision 7");
  Press(keys::kOne + 1);
  EXPECT_EQ(page().b, 7u);
  Hover(Role::kRow, "Revision 3");
  Press(keys::kOne);
  EXPECT_EQ(page().a, 3u);
  EXPECT_EQ(page().b, 7u);
}

TEST_F(VersionsTest, TheChosenOnesCarryALetter) {
  Click(Role::kRow, "Revision 3");
  EXPECT_NE(registry_.FindContaining(Role::kRow, "✓ A"), nullptr);
}

TEST_F(VersionsTest, TheOlderVersionIsRestoredForAReason) {
  Click(Role::kRow, "Revision 3");
  Click(Role::kRow, "Revision 12");
  Click(Role::kButton, "Restore revision 3 as a new one…");
  EXPECT_FALSE(book_.wished.has_value());
  ImGui::GetIO().AddInputCharactersUTF8("it was right");
  Settle();
  Click(Role::kButton, "Restore it");
  ASSERT_TRUE(book_.wished.has_value());
  EXPECT_EQ(book_.wished->what, forms::RecordAction::What::kRestore);
  EXPECT_EQ(book_.wished->revision, 3u);
  EXPECT_EQ(book_.wished->part.first, 0u);
  EXPECT_EQ(book_.wished->words, "it was right");
}

TEST_F(VersionsTest, OnePartIsRestoredAlone) {
  Click(Role::kRow, "Revision 3");
  Click(Role::kRow, "Revision 12");
  Click(Role::kLink, "restore only Notes, as in revision 3…");
  ImGui::GetIO().AddInputCharactersUTF8("it was right");
  Settle();
  Press(keys::kEnter);
  ASSERT_TRUE(book_.wished.has_value());
  EXPECT_EQ(book_.wished->part.first, 32u);
}

TEST_F(VersionsTest, NothingIsRestoredWithoutAReason) {
  Click(Role::kRow, "Revision 3");
  Click(Role::kRow, "Revision 12");
  Click(Role::kButton, "Restore revision 3 as a new one…");
  Click(Role::kButton, "Restore it");
  EXPECT_FALSE(book_.wished.has_value());
}

}  // namespace
}  // namespace daftar
