// The window's contents without a window: ImGui draws into nothing, a script moves the mouse and presses keys, and what
// is seen is read from the registry.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "client/app/desk.h"
#include "client/app/preferences.h"
#include "client/ui/shell.h"
#include "imgui.h"
#include "storage/base/clock.h"
#include "storage/base/random.h"
#include "tests/temporary_folder.h"
#include "tests/ui/sample_station.h"

namespace daftar {

class Stage {
 public:
  // Makes a workstation in a folder that is not there yet.
  using StationMaker = std::function<std::unique_ptr<Workstation>(const std::string&, const Clock&, Random&)>;
  // Over a workstation that holds the sample, unless another one is asked for.
  explicit Stage(const std::string& first_address = HomeAddress(), const StationMaker& make = MakeSampleStation);
  ~Stage();

  // Draws one frame, after the answers to all that was asked.
  void Frame();
  // Draws until all that was asked is on the screen and has settled.
  void Settle();
  // The window has another size, or its contents another scale.
  void Resize(float width, float height, float scale = 1);
  // Scrolls to a widget if need be, and clicks in its middle. It must be there.
  void Click(ui::Role role, std::string_view label);
  // The same without clicking.
  void Hover(ui::Role role, std::string_view label);
  // Types into whatever has the keyboard.
  void Type(std::string_view text);
  void Press(int key, bool ctrl = false, bool alt = false);
  // Presses a button of the mouse where it stands.
  void PressMouse(int button);

  // Time goes by, and what was due is done.
  void Pass(int64_t ms);
  // The desk goes away as at the end of the program; nothing can be done on the stage any more.
  void Close() { desk_.reset(); }

  // What is seen. The widget must be there.
  const ui::Widget& Seen(ui::Role role, std::string_view label);
  bool Sees(ui::Role role, std::string_view text) const;
  // All of the last frame, in the order in which they were drawn.
  const std::vector<ui::Widget>& widgets() const { return registry_.widgets(); }
  ui::Screen& screen() { return desk_->screen(); }
  // Stands for the file that the window keeps them in.
  app::Preferences& preferences() { return preferences_; }
  app::Desk& desk() { return *desk_; }
  Workstation& station() { return *station_; }
  // Of the workstation. To be touched while the desk has settled.
  FakeClock& clock() { return clock_; }
  SeededRandom& random() { return random_; }
  std::string title() const;
  // A file that the reader had written.
  std::string saved(const std::string& name) const { return folder_.File(name); }
  int syncs() const { return syncs_; }
  int ended_sessions() const { return ended_; }

 private:
  void ScrollTo(const ui::Widget& widget);

  TemporaryFolder folder_;
  FakeClock clock_;
  SeededRandom random_;
  std::unique_ptr<Workstation> station_;
  std::unique_ptr<app::Library> library_;
  ImGuiContext* const context_;
  std::unique_ptr<ui::Fonts> fonts_;
  ui::Registry registry_;
  ui::Ui ui_;
  ui::Shell shell_;
  int syncs_ = 0, ended_ = 0;
  app::Preferences preferences_{.language = Language::kEnglish};
  std::unique_ptr<app::Desk> desk_;
};

}  // namespace daftar
