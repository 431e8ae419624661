// outbox: edits that wait for the server.
#include <CLI/CLI.hpp>
#include <cstdint>
#include <memory>
#include <set>
#include <string>

#include "client/sync/user_store.h"
#include "tools/ctl/commands.h"
#include "tools/ctl/mutation_words.h"

namespace daftar::ctl {
namespace {

std::string OutcomeWord(const v1::OutboxEntry& entry, bool carried, bool held, bool behind) {
  if (!entry.has_result() && held) return "held back";
  if (!entry.has_result() && behind) return "waits behind one that is held back";
  if (!entry.has_result() && carried) return "carried by a relay, no answer yet";
  if (!entry.has_result()) return entry.tries() == 0 ? "waits" : "sent, no answer yet";
  return "answered " + v1::PushResult::Outcome::Code_Name(entry.result().outcome()) +
         ", shown after the next checkpoint";
}

Reply ShowOutbox(Workstation& station) {
  DAFTAR_ASSIGN_OR_RETURN(const std::vector<v1::OutboxEntry> entries, station.Outbox());
  DAFTAR_ASSIGN_OR_RETURN(const std::set<uint64_t> carried, station.CarriedByRelay());
  DAFTAR_ASSIGN_OR_RETURN(const std::set<uint64_t> held, station.user().holds().All());
  DAFTAR_ASSIGN_OR_RETURN(const Readable readable, ReadBoth(station));
  Layers layers(*readable.replica);
  Reply reply = Reply::Answer("outbox");
  reply.json["total"] = entries.size();
  reply.json["entries"] = nlohmann::ordered_json::array();
  bool behind = false;
  for (const v1::OutboxEntry& entry : entries) {
    nlohmann::ordered_json json;
    DAFTAR_ASSIGN_OR_RETURN(const std::string text, TellMutation(entry.mutation(), {}, readable, layers, json));
    const bool by_relay = carried.contains(entry.mutation().seq());
    json["tries"] = entry.tries();
    json["carried"] = by_relay;
    const bool is_held = held.contains(entry.mutation().seq());
    const std::string state = OutcomeWord(entry, by_relay, is_held, behind);
    behind = behind || is_held;
    json["held"] = is_held;
    json["state"] = state;
    reply.json["entries"].push_back(std::move(json));
    reply.text += MutationHead(entry.mutation(), state) + text;
  }
  if (entries.empty()) reply.text = "nothing waits\n";
  return reply;
}

struct HoldWish {
  uint64_t number = 0;
  bool all = false;
};

Reply Hold(Workstation& station, const HoldWish& wish) {
  DAFTAR_RETURN_IF_ERROR(station.user().holds().Hold(wish.number));
  Reply reply = Reply::Answer("held");
  reply.json["number"] = wish.number;
  reply.text = "#" + std::to_string(wish.number) +
               " is held back, and what was made after it waits behind it. Send it: daftarctl outbox release " +
               std::to_string(wish.number) + "\n";
  return reply;
}

Reply Release(Workstation& station, const HoldWish& wish) {
  if (!wish.all && wish.number == 0) return InvalidArgument("say which: daftarctl outbox release 12, or --all");
  DAFTAR_RETURN_IF_ERROR(wish.all ? station.user().holds().ReleaseAll() : station.user().holds().Release(wish.number));
  DAFTAR_ASSIGN_OR_RETURN(const std::set<uint64_t> left, station.user().holds().All());
  Reply reply = Reply::Answer("released");
  reply.json["held"] = left;
  reply.text = left.empty() ? "nothing is held back now; daftarctl sync sends what waits\n"
                            : "#" + std::to_string(*left.begin()) + " is still held back, and what stands behind it\n";
  return reply;
}

}  // namespace

void AddOutboxCommands(CLI::App& app, Context& context) {
  CLI::App& outbox = AddVerb(app, "outbox", "What waits for the server, field by field",
                             "  daftarctl outbox\n"
                             "  daftarctl outbox --json\n"
                             "  daftarctl outbox hold 12\n"
                             "  daftarctl outbox release --all");
  outbox.callback([&outbox, &context] {
    if (!outbox.get_subcommands().empty()) return;
    context.action = [&context] { return WithWorkstation(context, ShowOutbox); };
  });
  CLI::App& list = AddVerb(outbox, "list", "All of it, in the order in which it is sent",
                           "  daftarctl outbox list\n"
                           "  daftarctl outbox list --json");
  list.callback([&context] { context.action = [&context] { return WithWorkstation(context, ShowOutbox); }; });
  const auto wish = std::make_shared<HoldWish>();
  CLI::App& hold =
      AddVerb(outbox, "hold", "Holds an edit back, and with it what was made after it", "  daftarctl outbox hold 12");
  hold.add_option("number", wish->number, "Its number, as outbox shows it")->required();
  hold.callback([&context, wish] {
    context.action = [&context, wish] {
      return WithWorkstation(context, [wish](Workstation& station) { return Hold(station, *wish); });
    };
  });
  CLI::App& release = AddVerb(outbox, "release", "Lets an edit that is held back go on its way",
                              "  daftarctl outbox release 12\n"
                              "  daftarctl outbox release --all");
  release.add_option("number", wish->number, "Its number, as outbox shows it");
  release.add_flag("--all", wish->all, "All that are held back");
  release.callback([&context, wish] {
    context.action = [&context, wish] {
      return WithWorkstation(context, [wish](Workstation& station) { return Release(station, *wish); });
    };
  });
}

}  // namespace daftar::ctl
