// Others that an actor may be: why, and what editors have judged. Nothing is joined, and the reader judges.
#include <array>
#include <string>

#include "client/language/say.h"
#include "client/ui/review_parts.h"
#include "imgui.h"

namespace daftar::ui {
namespace {

using Action = forms::RecordAction;
using What = forms::RecordAction::What;

struct Verdict {
  const char* code;
  const char* label;  // of what asks for words
  const char* send;   // of what is done with them
};
constexpr std::array kVerdicts = {Verdict{"SAME", "judged.say_same", "judged.judge_same"},
                                  Verdict{"DIFFERENT", "judged.say_different", "judged.judge_different"},
                                  Verdict{"UNSURE", "judged.say_unsure", "judged.judge_unsure"}};

Action ActionOf(const std::string& other, const char* code) {
  return {.what = What::kJudge, .record = {}, .code = code, .other = other};
}

void Heading(Ui& ui, const std::string& title) {
  ImGui::Dummy({0, ui.Px(12)});
  ui.Heading(title);
  ImGui::Dummy({0, ui.Px(2)});
}

void DrawSuspicion(const ReviewParts& parts, const Suspicion& suspicion) {
  Ui& ui = parts.ui;
  ImGui::Dummy({0, ui.Px(4)});
  const PageLink link{suspicion.row.title, suspicion.row.address, suspicion.row.display_id};
  ui.Rich(link.text, std::span(&link, 1), {Face::kBold});
  for (const std::string& reason : suspicion.reasons) ui.Text("·  " + reason, {Face::kSmall});
  ImGui::PushID(suspicion.row.id.c_str());
  bool beside = false;
  for (const Verdict& verdict : kVerdicts) {
    ActionLink(parts, Say(verdict.label), ActionOf(suspicion.row.id, verdict.code), true, beside);
    beside = true;
  }
  for (const Verdict& verdict : kVerdicts)
    DrawAsked(parts, ActionOf(suspicion.row.id, verdict.code), Say(verdict.send), Say("judged.hint"));
  ImGui::PopID();
}

void DrawJudged(const ReviewParts& parts, const JudgedRow& row) {
  Ui& ui = parts.ui;
  ImGui::Dummy({0, ui.Px(4)});
  ui.Rich(row.words, std::span(&row.other, 1), {Face::kBold});
  if (!row.reason.empty()) ui.Text(Say("window.reason_was", {{"reason", row.reason}}), {Face::kSmall});
  if (row.id.empty()) return;
  ImGui::PushID(row.id.c_str());
  const Action back{.what = What::kUnjudge, .record = {}, .other = row.id};
  ActionLink(parts, Say("judged.take_back"), back, true, false);
  DrawAsked(parts, back, Say("judged.taking_back"), Say("judged.back_hint"));
  ImGui::PopID();
}

}  // namespace

void DrawIdentity(const ReviewParts& parts, const Page& page) {
  Ui& ui = parts.ui;
  if (!page.duplicates.empty()) {
    Heading(ui, "? " + Say("duplicate.heading"));
    ui.Text(Say("duplicate.explain"), {Face::kSmall, &ui.theme().muted});
    ImGui::PushID("duplicates");
    for (const Suspicion& suspicion : page.duplicates) DrawSuspicion(parts, suspicion);
    ImGui::PopID();
  }
  if (!page.judged.empty()) {
    Heading(ui, Say("judged.heading"));
    ImGui::PushID("judged");
    for (const JudgedRow& row : page.judged) DrawJudged(parts, row);
    ImGui::PopID();
  }
}

}  // namespace daftar::ui
