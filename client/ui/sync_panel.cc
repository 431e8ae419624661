// The page "sync and replica".
#include "client/language/say.h"
#include "client/ui/panels.h"
#include "imgui.h"

namespace daftar::ui {
namespace {

constexpr float kLabel = 190;

void SectionHeading(Ui& ui, std::string_view key) {
  ImGui::Dummy({0, ui.Px(12)});
  ui.Heading(Say(key));
  ImGui::Dummy({0, ui.Px(2)});
}

// What warns carries a sign beside its colour.
void DrawFacts(Ui& ui, const char* id, const std::vector<SyncPage::Fact>& facts) {
  if (!ImGui::BeginTable(id, 2, ImGuiTableFlags_BordersInnerH)) return;
  ImGui::TableSetupColumn("label", ImGuiTableColumnFlags_WidthFixed, ui.Px(kLabel));
  ImGui::TableSetupColumn("value");
  for (const SyncPage::Fact& fact : facts) {
    ImGui::TableNextRow();
    ImGui::TableNextColumn();
    ui.Text(fact.label, {Face::kBody, &ui.theme().muted});
    ImGui::TableNextColumn();
    ui.Text((fact.warns ? "⚠ " : "") + fact.value, {Face::kBody, fact.warns ? &ui.theme().amber : nullptr});
    if (!fact.advice.empty()) ui.Text(fact.advice, {Face::kSmall, &ui.theme().muted});
  }
  ImGui::EndTable();
}

void DrawActions(Ui& ui, const SyncPage& page, bool syncing, Wishes& wishes) {
  const bool may_sync = page.has_server && !page.paused && !syncing;
  if (ui.Button(Say(syncing ? "window.syncing" : "sync_page.sync_now"), may_sync, true, "F5")) wishes.SyncNow();
  const std::string pause = Say(page.paused ? "sync_page.resume" : "sync_page.pause");
  ui.Beside(ui.ButtonWidth(pause));
  if (ui.Button(pause)) wishes.PauseSync(!page.paused);
}

void DrawWaiting(Ui& ui, const std::string& words, const std::vector<SyncPage::Waiting>& waiting) {
  ui.Text(words);
  for (const SyncPage::Waiting& each : waiting) {
    ui.Rich("•  " + each.record.text, std::span(&each.record, 1));
    ui.Text(each.note, {Face::kSmall, &ui.theme().muted});
  }
}

void DrawTraffic(Ui& ui, const SyncPage& page) {
  if (!ImGui::BeginTable("traffic", 3, ImGuiTableFlags_BordersInnerH)) return;
  ImGui::TableNextRow();
  for (const std::string_view key : {"sync_page.what", "sync_page.received", "sync_page.sent"}) {
    ImGui::TableNextColumn();
    ui.Text(Say(key), {Face::kSmall, &ui.theme().muted});
  }
  for (const SyncPage::Traffic& line : page.traffic) {
    ImGui::TableNextRow();
    for (const std::string* text : {&line.label, &line.received, &line.sent}) {
      ImGui::TableNextColumn();
      ui.Text(*text, {&line == &page.traffic.back() ? Face::kBold : Face::kBody});
    }
  }
  ImGui::EndTable();
}

void DrawVerify(Ui& ui, const VerifyScreen& verify, Wishes& wishes) {
  ui.Text(Say("sync_page.verify_help"), {Face::kSmall, &ui.theme().muted});
  if (ui.Button(Say(verify.running ? "sync_page.verify_cancel" : "sync_page.verify"))) wishes.Verify(!verify.running);
  if (verify.words.empty()) return;
  ui.Text((verify.healthy ? "" : "⚠ ") + verify.words, {Face::kBody, verify.healthy ? nullptr : &ui.theme().amber});
}

}  // namespace

void DrawSync(Ui& ui, const SyncPage& page, const Screen& screen, Wishes& wishes) {
  ui.Heading(Say("sync_page.title"), Face::kTitle);
  ui.Text(page.state, {Face::kBody, &ui.theme().muted});
  ImGui::Dummy({0, ui.Px(4)});
  DrawActions(ui, page, screen.syncing, wishes);
  SectionHeading(ui, "sync_page.section_connection");
  DrawFacts(ui, "connection", page.connection);
  SectionHeading(ui, "sync_page.section_outbox");
  DrawWaiting(ui, page.outbox_words, page.outbox);
  SectionHeading(ui, "sync_page.section_conflicts");
  DrawWaiting(ui, page.conflict_words, page.conflicts);
  SectionHeading(ui, "sync_page.section_replica");
  DrawFacts(ui, "replica", page.replica);
  SectionHeading(ui, "sync_page.section_traffic");
  DrawTraffic(ui, page);
  SectionHeading(ui, "sync_page.section_budgets");
  std::vector<SyncPage::Fact> budgets;
  for (const SyncPage::Budget& budget : page.budgets)
    budgets.push_back({budget.label, budget.used, "", budget.used_up});
  DrawFacts(ui, "budgets", budgets);
  ui.Text(Say("sync_page.budget_advice"), {Face::kSmall, &ui.theme().muted});
  SectionHeading(ui, "sync_page.section_verify");
  DrawVerify(ui, screen.verify, wishes);
}

}  // namespace daftar::ui
