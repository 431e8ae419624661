// private: all that belongs to the reader alone, into a file and back. The only way on which it leaves this computer.
#include <CLI/CLI.hpp>
#include <memory>
#include <string>

#include "storage/base/files.h"
#include "tools/ctl/commands.h"
#include "tools/ctl/input.h"
#include "tools/ctl/own_json.h"

namespace daftar::ctl {
namespace {

Reply Export(Workstation& station, const std::string& file) {
  DAFTAR_ASSIGN_OR_RETURN(const v1::PrivateData data, station.mine().All());
  const nlohmann::ordered_json json = PrivateJson(data);
  if (file == "-") {
    Reply reply;
    reply.json = json;
    reply.text = json.dump(2, ' ', false, nlohmann::ordered_json::error_handler_t::replace) + "\n";
    return reply;
  }
  const std::string text = json.dump(2, ' ', false, nlohmann::ordered_json::error_handler_t::replace) + "\n";
  DAFTAR_RETURN_IF_ERROR(WriteFileAtomically(file, text));
  Reply reply = Reply::Answer("private_export");
  reply.json["file"] = file;
  reply.json["records"] = data.record_size();
  reply.json["searches"] = data.search_size();
  reply.json["recent"] = data.recent_size();
  reply.text = Counted(static_cast<uint64_t>(data.record_size()), "record") + " and " +
               Counted(static_cast<uint64_t>(data.search_size()), "saved search") + " written to " + file + "\n";
  reply.talk.push_back("whoever has the file can read your notes");
  return reply;
}

Reply Import(Workstation& station, const std::string& file) {
  DAFTAR_ASSIGN_OR_RETURN(const std::string text, ReadInput(file));
  std::vector<FieldProblem> problems;
  const v1::PrivateData data = PrivateFromJson(text, problems);
  if (!problems.empty()) return Reply::Invalid("the file cannot be taken; nothing was changed", std::move(problems));
  StatusOr<PrivateMerge> merge = station.mine().Merge(data, station.clock().NowMs());
  if (merge.status().code() == StatusCode::kInvalidArgument)
    return Reply::Error(ExitCode::kInvalidData, Message(merge.status()));
  if (!merge.ok()) return merge.status();
  Reply reply = Reply::Answer("private_import");
  reply.json["records"] = merge->records;
  reply.json["notes_joined"] = merge->notes_joined;
  reply.json["searches"] = merge->searches;
  reply.json["recent"] = merge->recent;
  reply.text = Counted(merge->records, "record") + " and " + Counted(merge->searches, "saved search") +
               " came in; what was there is kept\n";
  if (merge->notes_joined > 0)
    reply.talk.push_back(Counted(merge->notes_joined, "note") + " now stand below the ones that were there");
  return reply;
}

}  // namespace

void AddPrivateCommands(CLI::App& app, Context& context) {
  CLI::App& verb = AddVerb(app, "private", "Your bookmarks, tags, notes and saved searches: into a file, and back",
                           "  daftarctl private export mine.json\n"
                           "  daftarctl private import mine.json");
  auto file = std::make_shared<std::string>("-");
  CLI::App& save = AddVerb(verb, "export", "Write all of it as JSON; - for standard output",
                           "  daftarctl private export mine.json\n"
                           "  daftarctl private export - | gpg -c > mine.json.gpg");
  save.add_option("file", *file, "Where to; default: standard output")->type_name("FILE");
  save.callback([&context, file] {
    context.action = [&context, file] {
      return WithWorkstation(context, [&](Workstation& station) { return Export(station, *file); });
    };
  });
  auto from = std::make_shared<std::string>();
  CLI::App& load =
      AddVerb(verb, "import", "Put what such a file holds to what is here; nothing is lost, once more is fine",
              "  daftarctl private import mine.json\n"
              "  daftarctl private import - < mine.json");
  load.add_option("file", *from, "What export wrote; - for standard input")->required()->type_name("FILE");
  load.callback([&context, from] {
    context.action = [&context, from] {
      return WithWorkstation(context, [&](Workstation& station) { return Import(station, *from); });
    };
  });
}

}  // namespace daftar::ctl
