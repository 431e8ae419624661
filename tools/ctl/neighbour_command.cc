// neighbour: which workstations this one serves as a relay.
#include <CLI/CLI.hpp>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "storage/access/devices.h"
#include "tools/ctl/bundle_words.h"
#include "tools/ctl/commands.h"
#include "tools/ctl/neighbours.h"

namespace daftar::ctl {
namespace {

struct Wish {
  std::string key, name;
  bool edit = false, suggest = false;
};

Reply NoKey(const std::string& word) {
  return Reply::Error(ExitCode::kUsage, word +
                                            " is no public key, which is 64 hex digits. The neighbour sees it with: "
                                            "daftarctl key show");
}

Reply Allow(const std::string& folder, const Wish& wish) {
  const std::optional<PublicKey> key = PublicKey::Parse(wish.key);
  if (!key) return NoKey(wish.key);
  const Right right = wish.edit ? Right::kEdit : wish.suggest ? Right::kSuggest : Right::kRead;
  DAFTAR_RETURN_IF_ERROR(AllowDevice(NeighboursFile(folder), {*key, right, wish.name}));
  Reply reply = Reply::Answer("neighbour_allow");
  reply.json["neighbour"] = KeyJson(*key);
  reply.json["right"] = RightWord(right);
  reply.json["name"] = wish.name;
  reply.text = key->Fingerprint() + (wish.edit      ? " may fetch here, and hand over edits\n"
                                     : wish.suggest ? " may fetch here, and hand over suggestions\n"
                                                    : " may fetch here\n");
  return reply;
}

Reply Revoke(const std::string& folder, const Wish& wish) {
  const std::optional<PublicKey> key = PublicKey::Parse(wish.key);
  if (!key) return NoKey(wish.key);
  DAFTAR_RETURN_IF_ERROR(RevokeDevice(NeighboursFile(folder), *key));
  Reply reply = Reply::Answer("neighbour_revoke");
  reply.json["neighbour"] = KeyJson(*key);
  reply.text = key->Fingerprint() + " is not let in any more; what it has fetched stays with it\n";
  return reply;
}

Reply List(const std::string& folder) {
  DAFTAR_ASSIGN_OR_RETURN(const std::vector<Device> neighbours, LoadDevices(NeighboursFile(folder)));
  Reply reply = Reply::Answer("neighbour_list");
  reply.json["neighbours"] = nlohmann::ordered_json::array();
  for (const Device& device : neighbours) {
    nlohmann::ordered_json one = KeyJson(device.key);
    one["right"] = RightWord(device.right);
    one["name"] = device.name;
    reply.json["neighbours"].push_back(std::move(one));
    reply.text += device.key.Fingerprint() + "  " + std::string(RightWord(device.right)) +
                  (device.name.empty() ? "" : "  " + device.name) + "\n";
  }
  if (neighbours.empty()) reply.text = "no neighbour is let in; let one in with: daftarctl neighbour allow KEY\n";
  return reply;
}

}  // namespace

std::string NeighboursFile(const std::string& folder) { return folder + "/neighbours.txt"; }

void AddNeighbourCommands(CLI::App& app, Context& context) {
  CLI::App& neighbour = AddVerb(app, "neighbour", "Which workstations this one serves as a relay",
                                "  daftarctl neighbour allow KEY --name \"second patrol\"");
  const auto wish = std::make_shared<Wish>();
  // A relay that runs has the workstation open, so these look at its folder only.
  const auto add = [&](const char* verb, const char* what, const char* example, bool has_key, auto command) {
    CLI::App& made = AddVerb(neighbour, verb, what, example);
    if (has_key) made.add_option("KEY", wish->key, "Its key: 64 hex digits, from daftarctl key show")->required();
    made.callback([&context, wish, command] {
      context.action = [&context, wish, command]() -> Reply { return command(context.folder(), *wish); };
    });
    return &made;
  };
  CLI::App* const allow = add("allow", "Let a workstation in, or change what it may do",
                              "  daftarctl neighbour allow KEY --edit", true, Allow);
  CLI::Option* const edit =
      allow->add_flag("--edit", wish->edit, "Its edits are carried, too; without it, it may only fetch");
  allow->add_flag("--suggest", wish->suggest, "What it suggests is carried, too, and no other edit")->excludes(edit);
  allow->add_option("--name", wish->name, "Whose it is, for people")->type_name("NAME");
  add("revoke", "Let a workstation in no more", "  daftarctl neighbour revoke KEY", true, Revoke);
  add("list", "Show who is let in", "  daftarctl neighbour list", false,
      [](const std::string& folder, const Wish&) { return List(folder); });
}

}  // namespace daftar::ctl
