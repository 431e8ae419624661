// outbox: edits that wait for the server.
#include <CLI/CLI.hpp>
#include <cstdint>
#include <set>
#include <string>

#include "tools/ctl/commands.h"
#include "tools/ctl/mutation_words.h"

namespace daftar::ctl {
namespace {

std::string OutcomeWord(const v1::OutboxEntry& entry, bool carried) {
  if (!entry.has_result() && carried) return "carried by a relay, no answer yet";
  if (!entry.has_result()) return entry.tries() == 0 ? "waits" : "sent, no answer yet";
  return "answered " + v1::PushResult::Outcome::Code_Name(entry.result().outcome()) +
         ", shown after the next checkpoint";
}

Reply ShowOutbox(Workstation& station) {
  DAFTAR_ASSIGN_OR_RETURN(const std::vector<v1::OutboxEntry> entries, station.Outbox());
  DAFTAR_ASSIGN_OR_RETURN(const std::set<uint64_t> carried, station.CarriedByRelay());
  DAFTAR_ASSIGN_OR_RETURN(const Readable readable, ReadBoth(station));
  Layers layers(*readable.replica);
  Reply reply = Reply::Answer("outbox");
  reply.json["total"] = entries.size();
  reply.json["entries"] = nlohmann::ordered_json::array();
  for (const v1::OutboxEntry& entry : entries) {
    nlohmann::ordered_json json;
    DAFTAR_ASSIGN_OR_RETURN(const std::string text, TellMutation(entry.mutation(), {}, readable, layers, json));
    const bool by_relay = carried.contains(entry.mutation().seq());
    json["tries"] = entry.tries();
    json["carried"] = by_relay;
    json["state"] = OutcomeWord(entry, by_relay);
    reply.json["entries"].push_back(std::move(json));
    reply.text += MutationHead(entry.mutation(), OutcomeWord(entry, by_relay)) + text;
  }
  if (entries.empty()) reply.text = "nothing waits\n";
  return reply;
}

}  // namespace

void AddOutboxCommands(CLI::App& app, Context& context) {
  CLI::App& outbox = AddVerb(app, "outbox", "What waits for the server, field by field",
                             "  daftarctl outbox\n"
                             "  daftarctl outbox --json");
  outbox.callback([&context] { context.action = [&context] { return WithWorkstation(context, ShowOutbox); }; });
}

}  // namespace daftar::ctl
