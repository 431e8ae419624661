// What a page says below its accounts.
#include "client/language/say.h"
#include "client/ui/panels.h"
#include "client/ui/review_parts.h"
#include "imgui.h"

namespace daftar::ui {
namespace {

void SectionHeading(Ui& ui, const std::string& title) {
  ImGui::Dummy({0, ui.Px(12)});
  ui.Heading(title);
  ImGui::Dummy({0, ui.Px(2)});
}

bool BeginColumns(Ui& ui, const char* id, std::initializer_list<std::string_view> keys) {
  if (!ImGui::BeginTable(id, static_cast<int>(keys.size()), ImGuiTableFlags_BordersInnerH)) return false;
  ImGui::TableNextRow();
  for (const std::string_view key : keys) {
    ImGui::TableNextColumn();
    ui.Text(Say(key), {Face::kSmall, &ui.theme().muted});
  }
  return true;
}

void TextCell(Ui& ui, const std::string& text, TextStyle style = {}) {
  ImGui::TableNextColumn();
  ui.Text(text, style);
}

void LinkCell(Ui& ui, const PageLink& link) {
  ImGui::TableNextColumn();
  ui.Rich(link.text, std::span(&link, 1));
}

void DrawRoles(Ui& ui, const Page& page) {
  if (page.roles.empty()) return;
  SectionHeading(ui, Say("window.took_part"));
  if (!BeginColumns(ui, "roles", {"window.actor", "window.part", "window.named_as", "window.accounts"})) return;
  for (const RoleRow& role : page.roles) {
    ImGui::TableNextRow();
    LinkCell(ui, role.actor);
    ImGui::TableNextColumn();
    ui.Text(role.inter.empty() ? role.role : role.role + ", " + role.inter);
    if (!role.office.empty())
      ui.Rich(Say("window.as_office", {{"office", role.office.text}}), std::span(&role.office, 1), {Face::kSmall});
    TextCell(ui, role.wording, {Face::kSmall});
    TextCell(ui, role.who, {Face::kSmall, &ui.theme().muted});
  }
  ImGui::EndTable();
}

void DrawSeized(Ui& ui, const Page& page) {
  if (page.seized.empty()) return;
  SectionHeading(ui, Say("window.seized"));
  if (!BeginColumns(ui, "seized",
                    {"window.what", "window.model", "window.how_many", "window.in_source_words", "window.account"}))
    return;
  const TextStyle amber{Face::kSmall, &ui.theme().amber};
  for (const SeizedRow& row : page.seized) {
    ImGui::TableNextRow();
    TextCell(ui, row.what);
    TextCell(ui, row.model);
    TextCell(ui, row.quantity, {Face::kBody, row.no_number ? &ui.theme().muted : nullptr});
    ImGui::TableNextColumn();
    ui.Text(row.wording, {Face::kSmall});
    if (!row.anomaly.empty()) ui.Text("⚠ " + row.anomaly, amber);
    TextCell(ui, SayNumber(row.account), {Face::kSmall, &ui.theme().muted});
  }
  ImGui::EndTable();
}

void DrawSources(Ui& ui, const Page& page) {
  if (page.sources.empty()) return;
  SectionHeading(ui, Say("window.sources"));
  if (!ImGui::BeginTable("sources", 2, ImGuiTableFlags_None)) return;
  ImGui::TableSetupColumn("number", ImGuiTableColumnFlags_WidthFixed, ui.Px(30));
  ImGui::TableSetupColumn("citation");
  for (const Citation& citation : page.sources) {
    ImGui::TableNextRow();
    TextCell(ui, SayNumber(citation.number), {Face::kBody, &ui.theme().muted});
    ImGui::TableNextColumn();
    ui.Rich(citation.source.text, std::span(&citation.source, 1));
    ui.Text(citation.text, {Face::kSmall, &ui.theme().muted});
    if (!citation.lineage.text.empty()) {
      ui.Rich(Say("window.rests_on_which", {{"lineage", citation.lineage.text}}), citation.lineage.links,
              {Face::kSmall});
    }
  }
  ImGui::EndTable();
}

void DrawHistory(Ui& ui, const Page& page) {
  if (page.history.empty()) return;
  SectionHeading(ui, Say("window.history"));
  if (!BeginColumns(ui, "history", {"window.when", "window.who", "window.what_changed", "window.why"})) return;
  for (const HistoryRow& row : page.history) {
    ImGui::TableNextRow();
    const std::string since = row.revision == 0
                                  ? Say("window.mark.pending")
                                  : Say("window.revision", {{"number", SayNumber(static_cast<double>(row.revision))}});
    const std::string when = row.when + "\n" + since;
    TextCell(ui, when, {Face::kSmall, &ui.theme().muted});
    TextCell(ui, row.who);
    std::string changes = row.created ? Say("window.created") : "";
    for (const std::string& change : row.changes) changes += (changes.empty() ? "" : "\n") + change;
    TextCell(ui, changes, {Face::kSmall});
    TextCell(ui, row.why, {Face::kSmall});
  }
  ImGui::EndTable();
}

void DrawExternals(Ui& ui, const Page& page) {
  std::string line;
  for (const Coding& coding : page.codings) line += coding.scheme + " " + coding.code + "    ";
  for (const Page::ExternalId& external : page.externals) {
    line += external.text + (external.url.empty() ? "" : " " + external.url) + "    ";
  }
  line += page.id;
  SectionHeading(ui, Say("window.codes"));
  ui.Text(line, {Face::kSmall, &ui.theme().muted});
}

}  // namespace

void DrawDetails(Ui& ui, const Page& page, ReviewScreen& review, Wishes& wishes) {
  DrawFigures(ui, page);
  DrawRoles(ui, page);
  DrawSeized(ui, page);
  if (!page.notes.empty()) {
    SectionHeading(ui, Say("window.notes"));
    ui.Text(page.notes);
  }
  DrawIdentity({ui, review, wishes}, page);
  for (const Section& section : page.sections) {
    if (section.rows.empty()) continue;
    SectionHeading(ui, section.title);
    ImGui::PushID(section.key.c_str());
    DrawRows(ui, section.rows, section.rows.size());
    ImGui::PopID();
    if (section.more) ui.Text(Say("window.more"), {Face::kSmall, &ui.theme().muted});
  }
  DrawSources(ui, page);
  DrawHistory(ui, page);
  DrawExternals(ui, page);
}

}  // namespace daftar::ui
