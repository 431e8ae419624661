// form_bench: frames of a form of 300 seized items, while somebody types into it and while it is scrolled.
//
//   form_bench [--items N] [--frames N] [--json]
//
// The window's contents without a window, as `daftar` draws them, with the desk that keeps and checks what is typed. In
// turn with each of its frames, in this process, two peers draw one: an empty window of the same size, which is what
// ImGui itself takes, and the same rows as a table of ImGui's own fields, all of them in every frame. Processor time of
// the drawing thread: what a frame takes on a machine that others use, too. Exit code 1: the goal was missed.
#include <CLI/CLI.hpp>
#include <atomic>
#include <iostream>

#include "client/app/bench/report.h"
#include "client/app/bench/samples.h"
#include "client/app/bench/stopwatch.h"
#include "client/app/desk.h"
#include "client/ui/shell.h"
#include "imgui.h"
#include "imgui_stdlib.h"
#include "storage/base/random.h"
#include "storage/model/kind.h"
#include "tests/ui/bare_book.h"

namespace daftar::bench {
namespace {

using app::BareBook;
using app::Samples;
using forms::Node;

constexpr double kMostMs = 8;  // p99 of a frame
constexpr float kWidth = 1280, kHeight = 900;
constexpr int64_t kFrameMs = 16;  // by which the desk's clock moves
constexpr int kSettleFrames = 20, kTurnAfter = 60;
constexpr uint64_t kForm = 1;

struct Options {
  size_t items = 300;
  int frames = 600;
  bool json = false;
};

// An incident with one account that lists so many seized items.
forms::OpenForm FormOf(size_t items) {
  forms::OpenForm open{.form = forms::Form("incident")};
  open.number = kForm;
  open.base = NewMessage(v1::RecordKind::INCIDENT);
  forms::Form& form = open.form;
  form.SetText(form.FieldOf(form.AddItem(form.Find("names"), 0), "text"), "Seizure at the river", 0);
  const Node list = form.FieldOf(form.AddItem(form.Find("accounts"), 0), "seized");
  SeededRandom random(1);
  for (size_t i = 0; i < items; ++i) {
    const Node item = form.AddItem(list, 0);
    const std::vector<std::string>& classes = form.field(form.FieldOf(item, "class")).spec->codes;
    form.SetText(form.FieldOf(item, "class"), classes[1 + random.Below(classes.size() - 1)], 0);
    form.SetText(form.FieldOf(item, "model"), "M-" + std::to_string(random.Below(90) + 4), 0);
    const std::string path = form.PathOf(form.FieldOf(item, "quantity"));
    const Node quantity = form.Find(path);
    form.SetText(quantity, std::to_string(random.Below(200) + 1), 0);
    forms::Typed(form, quantity);
  }
  return open;
}

// A library with that form in it.
class FormBook final : public BareBook {
 public:
  explicit FormBook(size_t items) : items_(items) {}
  StatusOr<Content> Read(const Address&, bool, const std::atomic<bool>&) override {
    return Content(FormPage{kForm, "Seizure at the river"});
  }
  StatusOr<forms::OpenForm> TakeUpForm(uint64_t) override { return FormOf(items_); }

 private:
  const size_t items_;
};

// A context of ImGui's, which is the current one while one of these frames is drawn.
class Stage {
 public:
  Stage() : context_(ImGui::CreateContext()) {
    ImGui::SetCurrentContext(context_);
    ImGuiIO& io = ImGui::GetIO();
    io.IniFilename = nullptr;
    io.DisplaySize = {kWidth, kHeight};
    io.DeltaTime = static_cast<float>(kFrameMs) / 1000;
    io.MousePos = {kWidth / 2, kHeight / 2};
  }
  virtual ~Stage() {
    ImGui::SetCurrentContext(context_);
    ImGui::DestroyContext(context_);
  }
  Stage(const Stage&) = delete;
  Stage& operator=(const Stage&) = delete;

  // Draws a frame, and keeps what it took.
  void Draw(float wheel, const char* typed, Samples* took) {
    ImGui::SetCurrentContext(context_);
    if (typed != nullptr) ImGui::GetIO().AddInputCharactersUTF8(typed);
    ImGui::GetIO().MouseWheel = wheel;
    const int64_t begin = app::ThreadCpuNs();
    Frame();
    if (took != nullptr) took->Add(app::Ms(app::ThreadCpuNs() - begin));
  }

 protected:
  virtual void Frame() = 0;

 private:
  ImGuiContext* const context_;
};

class FormStage final : public Stage {
 public:
  explicit FormStage(size_t items)
      : book_(items),
        fonts_(*ui::Fonts::Load(text::kFontFolder, 1)),
        ui_(registry_, ui::ThemeOf(ui::ThemeKind::kLight)) {
    ui_.set_fonts(fonts_.get());
    ui::ApplyTheme(ui_.theme(), 1);
    desk_ = std::make_unique<app::Desk>(
        book_, [] {}, app::DeskHooks{.sync_now = [] {}}, ui::OpenTabs{{FormAddress(kForm)}});
    for (int i = 0; i < kSettleFrames; ++i) {
      desk_->WaitUntilSettled();
      Draw(0, nullptr, nullptr);
    }
  }
  bool has_form() { return desk_->screen().editor.has_value(); }
  // The keyboard goes to the model of an item, which is scrolled to.
  void GoTo(size_t item) {
    ui::EditorScreen& editor = *desk_->screen().editor;
    editor.focus = editor.open.form.Find("accounts[0].seized[" + std::to_string(item) + "].model");
    for (int i = 0; i < kSettleFrames; ++i) Draw(0, nullptr, nullptr);
  }
  std::string ModelOf(size_t item) {
    const forms::Form& form = desk_->screen().editor->open.form;
    return form.field(form.Find("accounts[0].seized[" + std::to_string(item) + "].model")).text;
  }
  size_t drawn() const {
    size_t fields = 0;
    for (const ui::Widget& widget : registry_.widgets()) fields += widget.role == ui::Role::kField ? 1 : 0;
    return fields;
  }

 private:
  void Frame() override {
    now_ms_ += kFrameMs;
    desk_->Tick(now_ms_);
    desk_->Drain();
    ui_.sides().BeginFrame(false);
    ImGui::NewFrame();
    fonts_->BeginFrame();
    shell_.Draw(desk_->screen(), *desk_);
    ImGui::Render();
    ui_.sides().EndFrame();
  }

  FormBook book_;
  std::unique_ptr<ui::Fonts> fonts_;
  ui::Registry registry_;
  ui::Ui ui_;
  ui::Shell shell_{ui_};
  int64_t now_ms_ = 0;
  std::unique_ptr<app::Desk> desk_;
};

// One window as large as the screen, with what a peer draws.
class PeerStage : public Stage {
 public:
  PeerStage() { ImGui::GetIO().Fonts->Build(); }

 private:
  void Frame() override {
    ImGui::NewFrame();
    ImGui::SetNextWindowPos({0, 0});
    ImGui::SetNextWindowSize({kWidth, kHeight});
    ImGui::Begin("peer", nullptr, ImGuiWindowFlags_NoDecoration & ~ImGuiWindowFlags_NoScrollbar);
    Fill();
    ImGui::End();
    ImGui::Render();
  }
  virtual void Fill() {}
};

// The rows as ImGui's own fields, with the columns of the form and its two buttons.
class TableStage final : public PeerStage {
 public:
  explicit TableStage(size_t items) : cells_(items * kColumns, "M-16") {}

 private:
  static constexpr int kColumns = 5;

  void Fill() override {
    if (!ImGui::BeginTable("grid", kColumns + 1, ImGuiTableFlags_SizingStretchSame)) return;
    for (size_t i = 0; i < cells_.size(); ++i) {
      ImGui::TableNextColumn();
      ImGui::PushID(static_cast<int>(i));
      ImGui::SetNextItemWidth(-FLT_MIN);
      if (i == 2 && ImGui::GetFrameCount() < kSettleFrames) ImGui::SetKeyboardFocusHere();
      ImGui::InputText("##field", &cells_[i]);
      if (i % kColumns == kColumns - 1) {
        ImGui::TableNextColumn();
        ImGui::Button("...");
        ImGui::SameLine();
        ImGui::Button("x");
      }
      ImGui::PopID();
    }
    ImGui::EndTable();
  }

  std::vector<std::string> cells_;
};

struct Measured {
  Samples form, empty, table;
};

void AddRows(const std::string& what, const Measured& measured, app::Report& report) {
  report.Add(app::SpreadRow(what, "ms", measured.form, {{"p99", kMostMs}}));
  report.Add(app::SpreadRow("  an empty window", "ms", measured.empty));
  report.Add(app::SpreadRow("  all rows as ImGui's own fields", "ms", measured.table));
  for (const double part : {0.5, 0.99}) {
    report.Add(app::ValueRow(part == 0.5 ? "  times ImGui's own fields, p50" : "  times ImGui's own fields, p99", "",
                             measured.form.At(part) / measured.table.At(part)));
  }
}

int Run(const Options& options) {
  FormStage form(options.items);
  PeerStage empty;
  TableStage table(options.items);
  if (!form.has_form()) {
    std::cerr << "no form came\n";
    return 1;
  }
  for (int i = 0; i < kSettleFrames; ++i) {
    empty.Draw(0, nullptr, nullptr);
    table.Draw(0, nullptr, nullptr);
  }

  const size_t middle = options.items / 2;
  form.GoTo(middle);
  Measured typing, scrolling;
  size_t most = 0;
  for (int i = 0; i < options.frames; ++i) {
    const char* const key = i % 2 == 0 ? "7" : nullptr;  // thirty a second
    form.Draw(0, key, &typing.form);
    empty.Draw(0, key, &typing.empty);
    table.Draw(0, key, &typing.table);
    most = std::max(most, form.drawn());
  }
  if (form.ModelOf(middle).find("777") == std::string::npos) {
    std::cerr << "nothing was typed\n";
    return 1;
  }
  for (int i = 0; i < options.frames; ++i) {
    const float wheel = (i / kTurnAfter) % 2 == 0 ? -1.0f : 1.0f;
    form.Draw(wheel, nullptr, &scrolling.form);
    empty.Draw(wheel, nullptr, &scrolling.empty);
    table.Draw(wheel, nullptr, &scrolling.table);
    most = std::max(most, form.drawn());
  }
  app::Report report;
  report.Say("form", "an incident with " + std::to_string(options.items) + " seized items, 1280 × 900");
  report.Say("time", "of the processor, of the drawing thread");
  AddRows("a frame while typing", typing, report);
  AddRows("a frame while scrolling", scrolling, report);
  report.Remark("at most " + std::to_string(most) + " fields were drawn in a frame");
  options.json ? report.PrintJson(std::cout) : report.PrintTable(std::cout);
  return report.met() ? 0 : 1;
}

}  // namespace
}  // namespace daftar::bench

int main(int argc, char** argv) {
  CLI::App app("Frames of a form of many items, beside ImGui's own.");
  daftar::bench::Options options;
  app.add_option("--items", options.items, "Seized items of the form")->check(CLI::Range(3, 1000));
  app.add_option("--frames", options.frames, "Frames of each sort")->check(CLI::Range(10, 100'000));
  app.add_flag("--json", options.json, "Print JSON");
  CLI11_PARSE(app, argc, argv);
  return daftar::bench::Run(options);
}
