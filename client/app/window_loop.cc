#include "client/app/window_loop.h"

#include <algorithm>
#include <iomanip>
#include <iostream>
#include <limits>
#include <utility>

#include "imgui.h"

namespace daftar::app {
namespace {

constexpr float kStep = 1.1f;
// A page has its final place in its third frame.
constexpr int kFramesBeforePicture = 4;

void TellMissing(char32_t character) {
  std::cerr << "daftar: no font shows the character U+" << std::uppercase << std::hex << std::setw(4)
            << std::setfill('0') << static_cast<uint32_t>(character) << std::dec
            << "; an empty box stands for it. The package fonts-noto-core has most\n";
}

}  // namespace

WindowLoop::WindowLoop(ui::Window& window, const Clock& clock, const PowerSource& power, LoopOptions options)
    : window_(window),
      clock_(clock),
      power_(power),
      options_(std::move(options)),
      begun_ms_(clock.MonotonicMs()),
      ui_(registry_, ui::ThemeOf(options_.theme.value_or(options_.preferences.theme))),
      shell_(ui_),
      pacer_(begun_ms_),
      preferences_(options_.preferences),
      run_scale_(options_.scale),
      run_theme_(options_.theme) {
  if (!options_.frames_log.empty()) frames_.open(options_.frames_log, std::ios::app);
  Speak(preferences_);
  if (options_.language) UseLanguage(*options_.language);
  LookAtPower();
}

void WindowLoop::Scale(int step) {
  const float now = WantedScale();
  const float wanted = step == 0 ? 1.0f : step > 0 ? now * kStep : now / kStep;
  Preferences changed = preferences_;
  changed.scale = std::clamp(wanted, kSmallestScale, kLargestScale);
  run_scale_.reset();
  Prefer(changed);
}

void WindowLoop::ToggleTheme() {
  Preferences changed = preferences_;
  changed.theme = ui::NextTheme(WantedTheme());
  run_theme_.reset();
  Prefer(changed);
}

void WindowLoop::Set(const std::string& setting, const std::string& code) {
  Preferences changed = preferences_;
  if (!Choose(changed, setting, code)) return;
  if (setting == "scale") run_scale_.reset();
  if (setting == "theme") run_theme_.reset();
  Prefer(changed);
  const Language spoken = CurrentLanguage();
  Speak(changed);
  // What this run was started with holds until another language is chosen.
  if (options_.language && setting != "language") UseLanguage(spoken);
}

void WindowLoop::Reset(const std::string& section) {
  Preferences changed = preferences_;
  ResetSection(changed, section);
  if (section == "look") {
    run_scale_.reset();
    run_theme_.reset();
  }
  Prefer(changed);
  if (section == "language") Speak(changed);
}

void WindowLoop::KeepSideWidth(float width) {
  preferences_.side_width = width;
  if (options_.keep) options_.keep(preferences_);
}

Settings WindowLoop::settings() const {
  Preferences shown = preferences_;
  shown.theme = WantedTheme();
  Settings settings = SettingsOf(shown, saving_);
  settings.scale = WantedScale();
  return settings;
}

void WindowLoop::LookAtPower() {
  saving_ = preferences_.battery == BatterySaver::kAlways ||
            (preferences_.battery == BatterySaver::kAutomatic && power_.OnBattery().value_or(false));
  pacer_.SetSaving(saving_);
  ImGui::GetIO().ConfigInputTextCursorBlink = !preferences_.reduced_motion && !saving_;
}

void WindowLoop::KeepTabs(const Desk& desk) {
  if (desk.open_tabs() == preferences_.tabs) return;
  preferences_.tabs = desk.open_tabs();
  if (options_.keep) options_.keep(preferences_);
}

void WindowLoop::Prefer(const Preferences& preferences) {
  preferences_ = preferences;
  ui_.set_theme(ui::ThemeOf(WantedTheme()));
  look_is_new_ = true;
  LookAtPower();
  if (options_.keep) options_.keep(preferences);
}

Status WindowLoop::PrepareLook() {
  float scale = window_.content_scale() * WantedScale();
  const bool other_scale = fonts_ == nullptr || scale != fonts_->scale();
  if (!look_is_new_ && !other_scale) return OkStatus();
  look_is_new_ = false;
  if (other_scale) {
    DAFTAR_ASSIGN_OR_RETURN(fonts_, ui::Fonts::Load(text::kFontFolder, scale));
    ui_.set_fonts(fonts_.get());
    window_.RenewFonts();
  }
  ui::ApplyTheme(ui_.theme(), scale);
  return OkStatus();
}

void WindowLoop::BuildFrame(Desk& desk) {
  window_.BeginFrame(ui_.sides());
  fonts_->BeginFrame();
  desk.screen().reduced_motion = preferences_.reduced_motion;
  shell_.Draw(desk.screen(), desk);
  window_.EndFrame(ui_.sides());
}

Status WindowLoop::DrawFrame(Desk& desk, ui::Picture* picture) {
  DAFTAR_RETURN_IF_ERROR(PrepareLook());
  if (options_.watch != nullptr) options_.watch->Begun();
  BuildFrame(desk);
  // A letter and what is found for it in one picture: to show one takes the screen, or a slow driver, far longer than
  // to build two, and the second would wait for the first.
  if (desk.AwaitHits() && desk.Drain() > 0) {
    pacer_.OnPosted();
    BuildFrame(desk);
  }
  if (options_.watch != nullptr) options_.watch->Built();
  if (const auto painted = fonts_->TakePainted()) window_.ShowPainted(*painted);
  for (const char32_t character : fonts_->TakeMissing()) TellMissing(character);
  const ImVec4& paper = ui_.theme().paper;
  const float colour[] = {paper.x, paper.y, paper.z};
  window_.Show(colour, picture);
  if (options_.watch != nullptr) options_.watch->Shown();
  ++drawn_;
  pacer_.OnFrame();
  pacer_.SetBlinking(ImGui::GetIO().ConfigInputTextCursorBlink && ImGui::GetIO().WantTextInput);
  if (fonts_->wants_another_frame()) pacer_.OnPosted();
  // A wish may have turned the page or the look: that is seen only in a further frame, which input has owed already.
  if (frames_.is_open()) frames_ << clock_.MonotonicMs() - begun_ms_ << std::endl;
  return OkStatus();
}

bool WindowLoop::TakeNews(Desk& desk, const Background& background) {
  const auto [sync, index] = background;
  bool news = desk.Drain() > 0;
  if (index != nullptr && index->progress() != seen_index_) {
    seen_index_ = index->progress();
    desk.OnIndex(seen_index_);
    news = true;
  }
  if (sync == nullptr) return news;
  SyncProgress progress = sync->progress();
  if (progress == seen_) return news;
  seen_ = progress;
  desk.OnSync(progress);
  return true;
}

Status WindowLoop::TakeScreenshot(Desk& desk) {
  // Whatever the mouse happens to be over is not part of the picture.
  ImGui::GetIO().ConfigFlags |= ImGuiConfigFlags_NoMouse;
  desk.WaitUntilSettled();
  for (int i = 0; i < kFramesBeforePicture; ++i) {
    window_.Wait(0);
    DAFTAR_RETURN_IF_ERROR(DrawFrame(desk, nullptr));
    desk.WaitUntilSettled();
  }
  ui::Picture picture;
  DAFTAR_RETURN_IF_ERROR(DrawFrame(desk, &picture));
  return ui::WritePng(picture, options_.screenshot);
}

bool WindowLoop::Ended(int64_t now_ms) const {
  return window_.should_close() || (options_.exit_after_ms && now_ms - begun_ms_ >= *options_.exit_after_ms);
}

Status WindowLoop::Turn(Desk& desk, const Background& background, double most_seconds) {
  const int64_t now = clock_.MonotonicMs();
  desk.Tick(now);
  double wait = std::min(pacer_.SecondsToWait(now), most_seconds);
  if (const auto due = desk.due_ms()) {
    wait = std::min(wait, static_cast<double>(std::max<int64_t>(*due - now, 1)) / 1000.0);
  }
  if (window_.Wait(wait)) pacer_.OnInput();
  pacer_.SetVisible(window_.visible());
  if (pacer_.OnTime(clock_.MonotonicMs())) {
    LookAtPower();
    desk.OnMinute();
    KeepTabs(desk);
  }
  if (TakeNews(desk, background)) {
    pacer_.OnPosted();
    memory_.Poke();
  }
  if (pacer_.wants_frame()) return DrawFrame(desk, nullptr);
  return OkStatus();
}

Status WindowLoop::Run(Desk& desk, const Background& background) {
  if (!options_.screenshot.empty()) return TakeScreenshot(desk);
  for (int64_t now = begun_ms_; !Ended(now); now = clock_.MonotonicMs()) {
    double most = std::numeric_limits<double>::max();
    if (options_.exit_after_ms) most = static_cast<double>(*options_.exit_after_ms - (now - begun_ms_)) / 1000.0;
    DAFTAR_RETURN_IF_ERROR(Turn(desk, background, most));
  }
  KeepTabs(desk);
  return OkStatus();
}

}  // namespace daftar::app
