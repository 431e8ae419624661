// The review of a record on its page: its state, and what can be decided about it.
#include <array>
#include <string>
#include <vector>

#include "client/language/say.h"
#include "client/ui/keys.h"
#include "client/ui/review_parts.h"
#include "imgui.h"

namespace daftar::ui {
namespace {

using Action = forms::RecordAction;
using What = forms::RecordAction::What;

// A decision about the record: where it is offered, and how.
struct Decision {
  const char* state;
  const char* label;
  const char* letter;
  int key;
  bool asks;
};
constexpr std::array kDecisions = {
    Decision{"IN_REVIEW", "review.take_up", "T", keys::kT, false},
    Decision{"ACCEPTED", "review.accept", "A", keys::kA, false},
    Decision{"RETURNED", "review.return", "R", keys::kR, true},
    Decision{"ON_HOLD", "review.hold", "H", keys::kH, true},
};

// What is accepted is taken up again, and then decided anew.
std::vector<Decision> DecisionsOf(const Page& page) {
  std::vector<Decision> offered;
  for (const Decision& decision : kDecisions) {
    const bool open = page.review_code != "ACCEPTED" || decision.state == std::string_view("IN_REVIEW");
    if (open && page.review_code != decision.state) offered.push_back(decision);
  }
  return offered;
}

Action ActionOf(const Decision& decision) { return {.what = What::kDecide, .record = {}, .code = decision.state}; }

// A letter does what its button does, while nothing is being typed and no list is open.
void HandleKeys(const ReviewParts& parts, const std::vector<Decision>& offered) {
  const ImGuiIO& io = ImGui::GetIO();
  const bool busy = io.KeyCtrl || io.KeyAlt || io.KeyShift || io.KeySuper || io.WantTextInput ||
                    ImGui::IsAnyItemActive() || ImGui::IsPopupOpen("", ImGuiPopupFlags_AnyPopup) || parts.review.asked;
  if (busy) return;
  for (const Decision& decision : offered) {
    if (!ImGui::IsKeyPressed(decision.key, false)) continue;
    if (decision.asks) {
      parts.Ask(ActionOf(decision));
    } else {
      parts.Do(ActionOf(decision));
    }
    return;
  }
  if (ImGui::IsKeyPressed(keys::kC, false)) parts.Ask({.what = What::kComment, .record = {}});
}

// What waits below, and the way there.
void DrawCounts(const ReviewParts& parts, const Page& page) {
  Ui& ui = parts.ui;
  size_t open = 0;
  for (const ProposalRow& row : page.proposals) open += row.open ? 1 : 0;
  const auto link = [&](const std::string& words) {
    ui.Beside(ui.Measure(words, Face::kSmall).x, 14);
    if (ui.LinkText(words, "", {Face::kSmall})) parts.review.show = true;
  };
  if (open > 0) link(Say("review.count_proposals", {{"count", open}}));
  if (!page.comments.empty()) link(Say("review.count_comments", {{"count", page.comments.size()}}));
}

// The part that a comment is about, chosen from those of the record.
void DrawPart(const ReviewParts& parts, const Page& page) {
  std::pair<uint32_t, uint64_t>& part = parts.review.asked->part;
  std::vector<Ui::Option> options;
  const auto code = [](uint32_t field, uint64_t item) { return std::to_string(field) + ":" + std::to_string(item); };
  for (const PartChoice& each : page.parts) options.push_back({code(each.field, each.item), each.words});
  std::string chosen = code(part.first, part.second);
  parts.ui.Text(Say("review.about"), {Face::kSmall, &parts.ui.theme().muted});
  if (!parts.ui.Choice(Say("review.about"), chosen, options)) return;
  for (const PartChoice& each : page.parts) {
    if (code(each.field, each.item) == chosen) part = {each.field, each.item};
  }
}

}  // namespace

void DrawReviewLine(const ReviewParts& parts, const Page& page) {
  if (page.stub) return;
  Ui& ui = parts.ui;
  const std::vector<Decision> offered = DecisionsOf(page);
  HandleKeys(parts, offered);
  ImGui::PushID("review");
  const std::string state = Say("review.state", {{"state", page.review}});
  ui.Text(state, {Face::kBold}, ui.Measure(state, Face::kBold).x + 1);
  ui.Record(Role::kMark, state, page.review_code);
  if (!page.review_by.empty()) {
    ui.Beside(ui.Measure(page.review_by, Face::kSmall).x, 10);
    ui.Text(page.review_by, {Face::kSmall, &ui.theme().muted}, ui.Measure(page.review_by, Face::kSmall).x + 1);
  }
  DrawCounts(parts, page);
  bool first = true;
  for (const Decision& decision : offered) {
    const std::string label = Say(decision.label);
    if (!first) ui.Beside(ui.ButtonWidth(label));
    first = false;
    ActionButton(parts, label, ActionOf(decision), decision.asks, decision.letter);
  }
  const Action comment{.what = What::kComment, .record = {}};
  const std::string say = Say("review.comment_on_this");
  if (!first) ui.Beside(ui.ButtonWidth(say));
  ActionButton(parts, say, comment, true, "C");
  for (const Decision& decision : offered)
    DrawAsked(parts, ActionOf(decision), Say("review.send"), Say("review.words_hint"));
  if (parts.review.asked && parts.review.asked->what == What::kComment && parts.review.asked->key == 0)
    DrawPart(parts, page);
  DrawAsked(parts, comment, Say("review.say"), Say("review.comment_hint"));
  DrawFailure(parts);
  ImGui::PopID();
  ImGui::Dummy({0, ui.Px(6)});
}

void DrawReviewSection(const ReviewParts& parts, const Page& page) {
  if (parts.review.show) {
    ImGui::SetScrollHereY(0);
    parts.review.show = false;
  }
  DrawProposals(parts, page);
  DrawComments(parts, page);
}

}  // namespace daftar::ui
