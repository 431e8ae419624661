// The page of a record, from its title to its accounts.
#include "client/language/say.h"
#include "client/ui/panels.h"
#include "client/ui/review_parts.h"
#include "imgui.h"

namespace daftar::ui {
namespace {

void Gap(Ui& ui, float length) { ImGui::Dummy({0, ui.Px(length)}); }

void DrawNames(Ui& ui, const Page& page) {
  if (page.names.empty()) return;
  std::string line;
  const std::string comma = Say("window.list_comma") + "  ";
  for (size_t i = 0; i < page.names.size(); ++i) {
    const PageName& name = page.names[i];
    if (i > 0) line += comma;
    line += name.text;
    if (!name.note.empty()) line += " (" + name.note + ")";
  }
  ui.Text(Say("window.also", {{"names", line}}), {Face::kBody, &ui.theme().muted});
}

// What a reader has to know before the facts.
void DrawMarks(Ui& ui, const Page& page) {
  const Theme& theme = ui.theme();
  bool first = true;
  auto mark = [&](const std::string& words, const ImVec4& ink, const ImVec4& paper) {
    if (words.empty()) return;
    if (!first) ui.Beside(ui.MarkWidth(words));
    first = false;
    ui.Mark(words, ink, paper);
  };
  if (page.retired) mark("✗ " + page.retirement, theme.red, theme.red_paper);
  if (page.stub) mark(Say("window.mark.stub"), theme.amber, theme.amber_paper);
  if (page.pending) mark(Say("window.mark.pending"), theme.amber, theme.amber_paper);
  if (!page.happened) mark("? " + page.happened_words, theme.amber, theme.amber_paper);
  mark(page.status.words, theme.text, theme.selected);
  mark(page.roots, theme.text, theme.hover);
  mark(page.marking, theme.text, theme.hover);
  for (const std::string& tag : page.tags) mark(tag, theme.muted, theme.hover);
}

// Ways to change the record.
void DrawEditing(Ui& ui, const Page& page, Wishes& wishes) {
  if (page.stub || page.retired) return;
  using What = forms::Wish::What;
  ImGui::Dummy({0, ui.Px(2)});
  if (ui.Button(Say("form.edit"), true, false, "Ctrl+E")) wishes.BeginForm({What::kEdit, page.id});
  ui.Beside(ui.ButtonWidth(Say("form.like")));
  if (ui.Button(Say("form.like"))) wishes.BeginForm({What::kLike, page.id});
}

void DrawTitle(Ui& ui, const Page& page, Wishes& wishes) {
  const TextStyle muted{Face::kSmall, &ui.theme().muted};
  bool takes_accounts = !page.accounts.empty() || page.kind == "incident" || page.kind == "actor" ||
                        page.kind == "relation" || page.kind == "alert_period";
  const std::string add = Say("window.add_account");
  float button = takes_accounts ? ui.Measure(add).x + ui.Px(44) : 0;
  float left = ImGui::GetCursorPosX(), top = ImGui::GetCursorPosY(), room = ImGui::GetContentRegionAvail().x;
  if (takes_accounts) {
    ImGui::SetCursorPosX(left + room - button + ui.Px(18));
    if (ui.Button(add, true, true, Say("window.add_account_help"))) wishes.AddAccount();
    ImGui::SetCursorPos({left, top});
  }
  ui.Text(KindLabel(page.kind) + "  ·  " + page.display_id, muted, room - button);
  ui.Text(page.title, {Face::kTitle}, room - button);
  ui.Record(Role::kHeading, page.title, page.address);
  if (!page.subtitle.empty()) ui.Text(page.subtitle, {Face::kBody, &ui.theme().muted});
  DrawNames(ui, page);
  const bool has_graph = page.kind == "actor" || page.kind == "place" || page.kind == "incident";
  if (has_graph && ui.LinkText(Say("graph.link"), GraphAddress(page.id, {}))) ui.Open(GraphAddress(page.id, {}));
  if (!page.history.empty()) {
    if (has_graph) ui.Beside(ui.Measure(Say("history.link")).x, 18);
    if (ui.LinkText(Say("history.link"), RecordHistoryAddress(page.id))) ui.Open(RecordHistoryAddress(page.id));
    ui.Help("Ctrl+H");
  }
  DrawEditing(ui, page, wishes);
  if (!page.replaced_by.empty()) {
    ui.Rich(Say("window.replaced_by", {{"name", page.replaced_by.text}}), std::span(&page.replaced_by, 1));
  }
}

// The disagreements, on amber paper and with the sign ≠.
void DrawDisagreements(Ui& ui, const Page& page) {
  if (page.disagreements.empty()) return;
  const Theme& theme = ui.theme();
  ImVec2 at = ImGui::GetCursorScreenPos();
  float width = ImGui::GetContentRegionAvail().x, pad = ui.Px(16);
  ImDrawList* draw = ImGui::GetWindowDrawList();
  draw->ChannelsSplit(2);
  draw->ChannelsSetCurrent(1);
  ImGui::SetCursorScreenPos({at.x + pad, at.y + ui.Px(12)});
  ImGui::BeginGroup();
  const std::string head = Say("window.disagree");
  ui.Text(head, {Face::kBold, &theme.amber}, width - 2 * pad);
  ui.Record(Role::kMark, head, "");
  for (const Disagreement& each : page.disagreements) {
    ui.Text(each.words.empty() ? each.label : each.words, {}, width - 2 * pad);
    if (!each.open) ui.Text(each.settled, {Face::kSmall, &theme.muted}, width - 2 * pad);
  }
  ImGui::EndGroup();
  float bottom = ImGui::GetItemRectMax().y + ui.Px(12);
  draw->ChannelsSetCurrent(0);
  draw->AddRectFilled(at, {at.x + width, bottom}, ImGui::GetColorU32(theme.amber_paper), ui.Px(8));
  draw->AddRectFilled(at, {at.x + ui.Px(4), bottom}, ImGui::GetColorU32(theme.amber), ui.Px(8),
                      ImDrawFlags_RoundCornersLeft);
  draw->ChannelsMerge();
  ImGui::SetCursorScreenPos({at.x, bottom});
  ImGui::Dummy({width, ui.Px(12)});
}

void DrawFact(Ui& ui, const Fact& fact) {
  const TextStyle muted{Face::kSmall, &ui.theme().muted};
  ImGui::TableNextRow();
  ImGui::TableNextColumn();
  ui.Text(fact.label, {Face::kBody, &ui.theme().muted});
  ImGui::TableNextColumn();
  bool differs = !fact.disagreement.empty();
  ui.Rich((differs ? "≠ " : "") + fact.value.text, fact.value.links,
          {differs ? Face::kBold : Face::kBody, differs ? &ui.theme().amber : nullptr});
  if (!fact.value.anomaly.empty()) ui.Text("⚠ " + fact.value.anomaly, {Face::kSmall, &ui.theme().amber});
  ImGui::TableNextColumn();
  if (differs) ui.Text(fact.disagreement, {Face::kSmall, &ui.theme().amber});
  if (!fact.how.empty()) ui.Text(fact.how, muted);
  if (!fact.reason.empty()) ui.Text(Say("window.reason_was", {{"reason", fact.reason}}), muted);
}

void DrawFacts(Ui& ui, const Page& page) {
  if (page.facts.empty()) return;
  if (!ImGui::BeginTable("facts", 3, ImGuiTableFlags_BordersInnerH)) return;
  ImGui::TableSetupColumn("attribute", ImGuiTableColumnFlags_WidthFixed, ui.Px(150));
  ImGui::TableSetupColumn("value", ImGuiTableColumnFlags_WidthStretch, 1.7f);
  ImGui::TableSetupColumn("how it was chosen", ImGuiTableColumnFlags_WidthStretch, 1.0f);
  for (const Fact& fact : page.facts) DrawFact(ui, fact);
  ImGui::EndTable();
}

}  // namespace

void DrawPage(Ui& ui, const Page& page, OwnEditor* own, ReviewScreen& review, Wishes& wishes) {
  DrawTitle(ui, page, wishes);
  Gap(ui, 2);
  DrawMarks(ui, page);
  Gap(ui, 4);
  if (own != nullptr) DrawOwn(ui, *own, wishes);
  const ReviewParts parts{ui, review, wishes};
  DrawReviewLine(parts, page);
  Gap(ui, 2);
  DrawDisagreements(ui, page);
  DrawFacts(ui, page);
  if (!page.accounts.empty()) {
    Gap(ui, 12);
    ui.Heading(Say("window.sources_say"));
    Gap(ui, 2);
    DrawAccounts(ui, page);
  }
  DrawReviewSection(parts, page);
  DrawDetails(ui, page, review, wishes);
}

}  // namespace daftar::ui
