// Proposals and comments on the page of a record, each with what can be done with it.
#include <algorithm>
#include <string>

#include "client/language/say.h"
#include "client/ui/review_parts.h"
#include "imgui.h"

namespace daftar::ui {
namespace {

using Action = forms::RecordAction;
using What = forms::RecordAction::What;

constexpr float kIndent = 26;
constexpr size_t kDeepest = 6;  // answers below that stand one below the other

void Heading(Ui& ui, std::string_view key) {
  ImGui::Dummy({0, ui.Px(12)});
  ui.Heading(Say(key));
  ImGui::Dummy({0, ui.Px(2)});
}

void Words(Ui& ui, const std::string& words) {
  ImGui::TableNextColumn();
  if (words.empty()) return ui.Text(Say("changes.nothing"), {Face::kBody, &ui.theme().muted});
  ui.Text(words);
}

void DrawChanges(Ui& ui, const ProposalRow& row) {
  if (row.changes.empty() ||
      !ImGui::BeginTable("changes", 3, ImGuiTableFlags_BordersInnerH | ImGuiTableFlags_SizingStretchSame))
    return;
  for (const char* key : {"history.field_column", "review.is", "review.would_be"}) {
    ImGui::TableNextColumn();
    ui.Text(Say(key), {Face::kSmall, &ui.theme().muted});
  }
  for (const ProposalRow::Change& change : row.changes) {
    ImGui::TableNextColumn();
    ui.Text(change.label, {Face::kBody, &ui.theme().muted});
    Words(ui, change.before);
    Words(ui, change.after);
  }
  ImGui::EndTable();
}

Action DecisionOf(const ProposalRow& row, const char* state) {
  return {.what = What::kDecide, .record = {}, .key = row.key, .code = state};
}

// What was changed since by others is put over by a second press, which says so.
void DrawAccept(const ReviewParts& parts, const ProposalRow& row) {
  Ui& ui = parts.ui;
  Action accept = DecisionOf(row, "ACCEPTED");
  if (row.newer.empty()) return ActionButton(parts, Say("review.accept_change"), accept, false);
  const bool warned = parts.review.over == row.key;
  if (!warned) {
    if (ui.Button(Say("review.accept_change"), parts.free())) parts.review.over = row.key;
    return;
  }
  accept.over_newer = true;
  ActionButton(parts, Say("review.accept_over"), accept, false, Say("review.accept_over_help"));
}

void DrawDecisions(const ReviewParts& parts, const ProposalRow& row) {
  Ui& ui = parts.ui;
  const auto button = [&](const char* key, const Action& action, bool asks) {
    const std::string label = Say(key);
    ui.Beside(ui.ButtonWidth(label));
    ActionButton(parts, label, action, asks);
  };
  if (row.open) {
    DrawAccept(parts, row);
    if (row.state_code != "IN_REVIEW") button("review.take_up_change", DecisionOf(row, "IN_REVIEW"), false);
    button("review.return_change", DecisionOf(row, "RETURNED"), true);
    if (row.state_code != "ON_HOLD") button("review.hold_change", DecisionOf(row, "ON_HOLD"), true);
    if (row.own) button("review.withdraw", {.what = What::kClear, .record = {}, .key = row.key}, false);
    for (const char* state : {"RETURNED", "ON_HOLD"})
      DrawAsked(parts, DecisionOf(row, state), Say("review.send"), Say("review.words_hint"));
  } else {
    ActionLink(parts, Say("review.clear"), {.what = What::kClear, .record = {}, .key = row.key}, false, false);
  }
}

void DrawProposal(const ReviewParts& parts, const ProposalRow& row) {
  Ui& ui = parts.ui;
  const Theme& theme = ui.theme();
  ImGui::Dummy({0, ui.Px(6)});
  const std::string head = (row.pending ? "↑ " : "") + SayCapital(row.state);
  ui.Text(head, {Face::kBold});
  ui.Record(Role::kMark, head, row.state_code);
  ui.Text(Say("review.by", {{"who", row.who}, {"when", row.when}}), {Face::kSmall, &theme.muted});
  if (!row.why.empty()) ui.Text(Say("window.reason_was", {{"reason", row.why}}));
  DrawChanges(ui, row);
  if (!row.more_words.empty()) ui.Text(row.more_words, {Face::kSmall, &theme.muted});
  if (!row.newer.empty()) {
    const std::string newer = SayCapital(row.newer);
    ui.Text("⚠ " + newer, {Face::kBody, &theme.amber});
    ui.Record(Role::kMark, newer, "");
  }
  if (!row.answer.empty()) ui.Text(Say("review.answered", {{"who", row.reviewer}, {"answer", row.answer}}));
  if (row.answer.empty() && !row.reviewer.empty())
    ui.Text(SayCapital(Say("review.decided", {{"who", row.reviewer}})), {Face::kSmall, &theme.muted});
  DrawDecisions(parts, row);
}

void DrawComment(const ReviewParts& parts, const CommentRow& row) {
  Ui& ui = parts.ui;
  const TextStyle quiet{Face::kSmall, &ui.theme().muted};
  const float indent = ui.Px(kIndent) * static_cast<float>(std::min(row.depth, kDeepest));
  if (indent > 0) ImGui::Indent(indent);
  ImGui::Dummy({0, ui.Px(2)});
  const std::string by = Say("review.by", {{"who", row.who}, {"when", row.when}});
  ui.Text((row.pending ? "↑ " : "") +
              (row.part.empty() ? by : Say("review.by_on", {{"who", row.who}, {"when", row.when}, {"part", row.part}})),
          quiet);
  if (row.done) {
    ui.Beside(ui.MarkWidth("✓ " + Say("review.is_done")));
    ui.Mark("✓ " + Say("review.is_done"), ui.theme().green, ui.theme().hover);
  }
  ui.Text(row.text, {Face::kBody, row.done ? &ui.theme().muted : nullptr});
  ui.Record(Role::kText, row.text, "");
  const Action answer{.what = What::kComment, .record = {}, .key = row.key};
  ActionLink(parts, Say("review.reply"), answer, true, false);
  ActionLink(parts, Say(row.done ? "review.not_done" : "review.mark_done"),
             {.what = row.done ? What::kCommentOpen : What::kCommentDone, .record = {}, .key = row.key}, false, true);
  if (row.own)
    ActionLink(parts, Say("review.remove"), {.what = What::kCommentRemove, .record = {}, .key = row.key}, false, true);
  DrawAsked(parts, answer, Say("review.say"), Say("review.reply_hint"));
  if (indent > 0) ImGui::Unindent(indent);
}

// Calls `draw` for each item under an ID of its own.
template <typename Rows, typename Draw>
void ForEach(const Rows& rows, Draw draw) {
  int number = 0;
  for (const auto& row : rows) {
    ImGui::PushID(number++);
    draw(row);
    ImGui::PopID();
  }
}

}  // namespace

void DrawProposals(const ReviewParts& parts, const Page& page) {
  if (page.proposals.empty()) return;
  Heading(parts.ui, "review.proposals");
  ForEach(page.proposals, [&](const ProposalRow& row) { DrawProposal(parts, row); });
}

void DrawComments(const ReviewParts& parts, const Page& page) {
  if (page.comments.empty()) return;
  Heading(parts.ui, "review.comments");
  ImGui::PushID("comments");
  ForEach(page.comments, [&](const CommentRow& row) { DrawComment(parts, row); });
  ImGui::PopID();
}

}  // namespace daftar::ui
