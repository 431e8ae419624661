// sync pause, sync resume, sync budget: what syncing may do when nobody watches it.
#include <CLI/CLI.hpp>
#include <memory>
#include <string>

#include "client/sync/traffic.h"
#include "client/sync/user_store.h"
#include "storage/base/bytes.h"
#include "tools/ctl/commands.h"
#include "tools/ctl/traffic_words.h"

namespace daftar::ctl {
namespace {

Reply SetPaused(Workstation& station, bool paused) {
  DAFTAR_RETURN_IF_ERROR(station.user().Update([paused](v1::SyncStatus& status) { status.set_paused(paused); }));
  Reply reply = Reply::Answer(paused ? "sync_pause" : "sync_resume");
  reply.json["paused"] = paused;
  reply.text = paused ? "syncing is paused: no program connects until daftarctl sync resume\n"
                      : "syncing goes on with the next daftarctl sync, or in the window\n";
  return reply;
}

struct BudgetWish {
  std::string session, day, month;  // empty: as it was
};

Reply SetBudget(Workstation& station, const BudgetWish& wish) {
  if (!wish.session.empty() || !wish.day.empty() || !wish.month.empty()) {
    DAFTAR_RETURN_IF_ERROR(station.user().Update([&wish](v1::SyncStatus& status) {
      v1::TrafficBudget& budget = *status.mutable_budget();
      budget.set_session(ParseBytes(wish.session).value_or(budget.session()));
      budget.set_day(ParseBytes(wish.day).value_or(budget.day()));
      budget.set_month(ParseBytes(wish.month).value_or(budget.month()));
    }));
  }
  DAFTAR_ASSIGN_OR_RETURN(const v1::SyncStatus status, station.SyncState());
  const int64_t now = station.clock().NowMs();
  const uint64_t day = BytesOfDay(status.traffic(), now), month = BytesOfMonth(status.traffic(), now);
  Reply reply = Reply::Answer("sync_budget");
  reply.json["budget"] = BudgetJson(status.budget());
  reply.json["used"] = {{"day", day}, {"month", month}};
  reply.text = "budget  " + BudgetWords(status.budget()) + "\nused    " + HumanBytes(day) + " today, " +
               HumanBytes(month) + " this month (UTC)\n";
  return reply;
}

void Act(CLI::App& verb, Context& context, std::function<Reply(Workstation&)> command) {
  verb.callback([&context, command = std::move(command)] {
    context.action = [&context, command] { return WithWorkstation(context, command); };
  });
}

}  // namespace

void AddSyncSettings(CLI::App& sync, Context& context) {
  CLI::App& pause = AddVerb(sync, "pause", "Let no program connect until it is resumed", "  daftarctl sync pause");
  Act(pause, context, [](Workstation& station) { return SetPaused(station, true); });
  CLI::App& resume = AddVerb(sync, "resume", "Take a pause back", "  daftarctl sync resume");
  Act(resume, context, [](Workstation& station) { return SetPaused(station, false); });

  CLI::App& budget = AddVerb(sync, "budget", "Say what sessions may cost, or see it; pushes are sent all the same",
                             "  daftarctl sync budget --session 200k --month 50M\n"
                             "  daftarctl sync budget --day none");
  auto wish = std::make_shared<BudgetWish>();
  const CLI::Validator bytes(CheckBytes, "BYTES");
  budget.add_option("--session", wish->session, "Of one session: 300, 10k, 2M; none: no limit")->check(bytes);
  budget.add_option("--day", wish->day, "Of one day, in UTC")->check(bytes);
  budget.add_option("--month", wish->month, "Of one month, in UTC")->check(bytes);
  Act(budget, context, [wish](Workstation& station) { return SetBudget(station, *wish); });
}

}  // namespace daftar::ctl
