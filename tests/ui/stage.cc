#include "tests/ui/stage.h"

#include <gtest/gtest.h>

#include "client/app/workstation_library.h"
#include "client/language/language.h"
#include "client/ui/keys.h"
#include "storage/base/new_file.h"

namespace daftar {
namespace {

constexpr int64_t kNow = 1'795'200'000'000;  // 20 Nov 2026
constexpr int kSettleFrames = 4;

// What the backend of a real window tells ImGui.
void MapKeys(ImGuiIO& io) {
  using namespace ui::keys;
  io.KeyMap[ImGuiKey_Tab] = kNoTab;
  io.KeyMap[ImGuiKey_LeftArrow] = kLeft;
  io.KeyMap[ImGuiKey_RightArrow] = kRight;
  io.KeyMap[ImGuiKey_UpArrow] = kUp;
  io.KeyMap[ImGuiKey_DownArrow] = kDown;
  io.KeyMap[ImGuiKey_Home] = kHome;
  io.KeyMap[ImGuiKey_End] = kEnd;
  io.KeyMap[ImGuiKey_Delete] = kDelete;
  io.KeyMap[ImGuiKey_Backspace] = kBackspace;
  io.KeyMap[ImGuiKey_Enter] = kEnter;
  io.KeyMap[ImGuiKey_Space] = kSpace;
  io.KeyMap[ImGuiKey_Escape] = kEscape;
}

}  // namespace

Stage::Stage(const std::string& first_address, const StationMaker& make)
    : clock_(kNow),
      random_(1),
      station_(make(folder_.File("station"), clock_, random_)),
      library_(std::make_unique<app::WorkstationLibrary>(*station_)),
      context_(ImGui::CreateContext()),
      ui_(registry_, ui::ThemeOf(ui::ThemeKind::kLight)),
      shell_(ui_) {
  ImGuiIO& io = ImGui::GetIO();
  io.IniFilename = nullptr;
  io.DisplaySize = {1280, 900};
  io.DeltaTime = 1.0f / 60.0f;
  io.ConfigInputTextCursorBlink = false;
  io.ConfigFlags |= ImGuiConfigFlags_NavEnableKeyboard;
  MapKeys(io);
  fonts_ = *ui::Fonts::Load(text::kFontFolder, 1);
  ui_.set_fonts(fonts_.get());
  ui::ApplyTheme(ui_.theme(), 1);
  preferences_.language = CurrentLanguage();
  app::DeskHooks hooks{.sync_now = [this] { ++syncs_; },
                       .scale = [](int) {},
                       .toggle_theme = [] {},
                       .end_session = [this] { ++ended_; },
                       .set =
                           [this](const std::string& setting, const std::string& code) {
                             EXPECT_TRUE(app::Choose(preferences_, setting, code)) << setting << " " << code;
                             app::Speak(preferences_);
                           },
                       .reset =
                           [this](const std::string& section) {
                             app::ResetSection(preferences_, section);
                             app::Speak(preferences_);
                           },
                       .settings = [this] { return app::SettingsOf(preferences_, false); }};
  hooks.save_file = [this](const std::string& name, const std::string& suffix, const std::string& bytes) {
    return SaveBesideOthers(folder_.File(""), name, suffix, bytes);
  };
  desk_ = std::make_unique<app::Desk>(
      *library_, [] {}, hooks, ui::OpenTabs{{first_address}});
  Settle();
}

Stage::~Stage() {
  desk_.reset();
  ImGui::DestroyContext(context_);
}

void Stage::Frame() {
  desk_->Tick(clock_.MonotonicMs());
  desk_->WaitUntilSettled();
  // The script's mouse is on the screen, and stays there.
  ImGuiIO& io = ImGui::GetIO();
  const ImVec2 mouse = io.MousePos;
  ui_.sides().BeginFrame(RightToLeft(CurrentLanguage()));
  ImGui::NewFrame();
  fonts_->BeginFrame();
  shell_.Draw(desk_->screen(), *desk_);
  ImGui::Render();
  ui_.sides().EndFrame();
  io.MousePos = mouse;
}

void Stage::Resize(float width, float height, float scale) {
  ImGui::GetIO().DisplaySize = {width, height};
  if (scale != fonts_->scale()) {
    fonts_ = *ui::Fonts::Load(text::kFontFolder, scale);
    ui_.set_fonts(fonts_.get());
    ui::ApplyTheme(ui_.theme(), scale);
  }
  Settle();
}

void Stage::Pass(int64_t ms) {
  clock_.Advance(ms);
  Settle();
}

void Stage::Settle() {
  for (int i = 0; i < kSettleFrames; ++i) Frame();
  desk_->WaitUntilSettled();
}

const ui::Widget& Stage::Seen(ui::Role role, std::string_view label) {
  const ui::Widget* widget = registry_.Find(role, label);
  if (widget == nullptr) {
    ADD_FAILURE() << "there is no \"" << label << "\" on the screen";
    static const ui::Widget kNone{ui::Role::kText, "", ""};
    return kNone;
  }
  return *widget;
}

bool Stage::Sees(ui::Role role, std::string_view text) const { return registry_.FindContaining(role, text) != nullptr; }

std::string Stage::title() const {
  for (const ui::Widget& widget : registry_.widgets()) {
    if (widget.role == ui::Role::kHeading) return widget.label;
  }
  return "";
}

void Stage::ScrollTo(const ui::Widget& widget) {
  // A widget that cannot be seen has its place but no size: turn the wheel over it until it has.
  ImGuiIO& io = ImGui::GetIO();
  const std::string label = widget.label;
  const ui::Role role = widget.role;
  const float x = widget.left + 1;
  for (int i = 0; i < 60 && Seen(role, label).bottom <= Seen(role, label).top; ++i) {
    io.MousePos = {x, io.DisplaySize.y / 2};
    Frame();
    io.MouseWheel = Seen(role, label).top > io.DisplaySize.y / 2 ? -2.0f : 2.0f;
    Frame();
    io.MouseWheel = 0;
    Frame();
  }
}

void Stage::Click(ui::Role role, std::string_view label) {
  Hover(role, label);
  PressMouse(0);
}

void Stage::Hover(ui::Role role, std::string_view label) {
  ScrollTo(Seen(role, label));
  const ui::Widget& widget = Seen(role, label);
  ImGuiIO& io = ImGui::GetIO();
  io.MousePos = {(widget.left + widget.right) / 2, (widget.top + widget.bottom) / 2};
  Frame();
}

void Stage::PressMouse(int button) {
  ImGuiIO& io = ImGui::GetIO();
  io.MouseDown[button] = true;
  Frame();
  io.MouseDown[button] = false;
  Settle();
}

void Stage::Type(std::string_view text) {
  ImGui::GetIO().AddInputCharactersUTF8(std::string(text).c_str());
  Settle();
}

void Stage::Press(int key, bool ctrl, bool alt) {
  ImGuiIO& io = ImGui::GetIO();
  io.KeyCtrl = ctrl;
  io.KeyAlt = alt;
  io.KeysDown[key] = true;
  Frame();
  io.KeysDown[key] = false;
  io.KeyCtrl = io.KeyAlt = false;
  Settle();
}

}  // namespace daftar
