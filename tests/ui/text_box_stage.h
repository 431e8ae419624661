// One text box in an empty window, and a script at the keys and the mouse: a fixture.
#pragma once

#include <gtest/gtest.h>

#include <cmath>
#include <memory>
#include <string>
#include <string_view>

#include "client/ui/keys.h"
#include "client/ui/text_box.h"

namespace daftar::ui {

class TextBoxStage : public ::testing::Test {
 protected:
  TextBoxStage() : context_(ImGui::CreateContext()), ui_(registry_, ThemeOf(ThemeKind::kLight)) {
    ImGuiIO& io = ImGui::GetIO();
    io.IniFilename = nullptr;
    io.DisplaySize = {800, 600};
    io.DeltaTime = 1.0f / 60;
    io.ConfigInputTextCursorBlink = false;
    io.ConfigFlags |= ImGuiConfigFlags_NavEnableKeyboard;
    io.KeyMap[ImGuiKey_Tab] = keys::kNoTab;
    io.KeyMap[ImGuiKey_LeftArrow] = keys::kLeft;
    io.KeyMap[ImGuiKey_RightArrow] = keys::kRight;
    io.KeyMap[ImGuiKey_UpArrow] = keys::kUp;
    io.KeyMap[ImGuiKey_DownArrow] = keys::kDown;
    io.KeyMap[ImGuiKey_Enter] = keys::kEnter;
    io.KeyMap[ImGuiKey_Space] = keys::kSpace;
    io.KeyMap[ImGuiKey_Escape] = keys::kEscape;
    io.GetClipboardTextFn = [](void* held) { return static_cast<std::string*>(held)->c_str(); };
    io.SetClipboardTextFn = [](void* held, const char* text) { *static_cast<std::string*>(held) = text; };
    io.ClipboardUserData = &clipboard_;
    fonts_ = *Fonts::Load(text::kFontFolder, 1);
    ui_.set_fonts(fonts_.get());
    ApplyTheme(ui_.theme(), 1);
    Frame();
  }
  ~TextBoxStage() override { ImGui::DestroyContext(context_); }

  void Frame() {
    ImGuiIO& io = ImGui::GetIO();
    const ImVec2 mouse = io.MousePos;
    ui_.sides().BeginFrame(right_to_left_);
    ImGui::NewFrame();
    fonts_->BeginFrame();
    ui_.BeginFrame();
    ImGui::SetNextWindowPos({0, 0});
    ImGui::SetNextWindowSize(io.DisplaySize);
    ImGui::Begin("window", nullptr, ImGuiWindowFlags_NoDecoration | ImGuiWindowFlags_NoMove);
    ui_.Button("before");
    if (ui_.TextBox("Text", state_, options_)) ++changes_;
    box_ = *registry_.Find(Role::kField, "Text");
    ui_.Button("behind");
    options_.focus = false;
    ImGui::End();
    ImGui::Render();
    ui_.sides().EndFrame();
    io.MousePos = mouse;
  }
  void Settle() {
    for (int i = 0; i < 3; ++i) Frame();
  }
  void Focus() {
    options_.focus = true;
    Settle();
  }
  void Open(std::string_view text) {
    state_.buffer.Reset(text);
    Focus();
    Press(keys::kHome, true);
  }
  void Type(std::string_view text) {
    ImGui::GetIO().AddInputCharactersUTF8(std::string(text).c_str());
    Settle();
  }
  void Press(int key, bool ctrl = false, bool shift = false) {
    ImGuiIO& io = ImGui::GetIO();
    io.KeyCtrl = ctrl;
    io.KeyShift = shift;
    io.KeysDown[key] = true;
    Frame();
    io.KeysDown[key] = false;
    Frame();
    io.KeyCtrl = io.KeyShift = false;
    Frame();
  }
  void PressOften(int key, int times) {
    for (int i = 0; i < times; ++i) Press(key);
  }
  // On the screen, from the box's upper left corner.
  ImVec2 At(float x, float y) const { return {box_.left + x, box_.top + y}; }
  void ClickAt(ImVec2 at, int times = 1, bool shift = false) {
    ImGuiIO& io = ImGui::GetIO();
    io.MousePos = at;
    io.KeyShift = shift;
    Frame();
    for (int i = 0; i < times; ++i) {
      io.MouseDown[0] = true;
      Frame();
      io.MouseDown[0] = false;
      Frame();
    }
    io.KeyShift = false;
    Frame();
  }
  void DragFromTo(ImVec2 from, ImVec2 to) {
    ImGuiIO& io = ImGui::GetIO();
    io.MousePos = from;
    Frame();
    io.MouseDown[0] = true;
    Frame();
    io.MousePos = to;
    Frame();
    Frame();
    io.MouseDown[0] = false;
    Frame();
  }
  void Turn(float lines) {
    ImGui::GetIO().MouseWheel = lines;
    Frame();
    ImGui::GetIO().MouseWheel = 0;
    Frame();
  }
  const std::string& text() const { return state_.buffer.text(); }
  std::string selected() const { return state_.buffer.selected(); }
  size_t caret() const { return state_.buffer.caret().byte; }
  bool focused() const { return box_.focused && ImGui::GetIO().WantTextInput; }
  float height() const { return box_.bottom - box_.top; }
  float pitch() const { return std::floor(fonts_->height(Face::kBody) * 1.32f); }
  // Of the letters of a line, from the box's left edge.
  static constexpr float kPadding = 10, kFirstLine = 12;

  ImGuiContext* const context_;
  std::string clipboard_;
  std::unique_ptr<Fonts> fonts_;
  Registry registry_;
  Ui ui_;
  TextBoxState state_;
  TextBoxOptions options_{.width = 400};
  Widget box_{Role::kField, "", ""};
  bool right_to_left_ = false;
  int changes_ = 0;
};

}  // namespace daftar::ui
