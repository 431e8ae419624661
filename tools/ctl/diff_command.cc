// diff: a record at two revisions, field by field.
#include <CLI/CLI.hpp>
#include <algorithm>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "client/language/dates.h"
#include "client/model/version.h"
#include "tools/ctl/commands.h"
#include "tools/ctl/field_diff.h"
#include "tools/ctl/times.h"

namespace daftar::ctl {
namespace {

struct DiffWish {
  std::string id;
  Revision from = 0, to = 0;
};

// "revision 7, Amina, 9 Nov 2026 21:01: the date was wrong" of each step between the two.
void TellSteps(const DiffWish& wish, const std::vector<HistoryStep>& steps, Reply& reply) {
  const auto [low, high] = std::minmax(wish.from, wish.to);
  for (auto step = steps.rbegin(); step != steps.rend(); ++step) {
    if (!IsAfter(*step, low) || IsAfter(*step, high)) continue;
    const v1::CommitInfo& commit = step->commit;
    reply.json["steps"].push_back({{"revision", commit.revision()},
                                   {"author", commit.author()},
                                   {"at", TimeJson(commit.at_ms())},
                                   {"reason", commit.reason()}});
    reply.text += "revision " + std::to_string(commit.revision());
    if (!commit.author().empty()) reply.text += ", " + commit.author();
    if (commit.at_ms() != 0) reply.text += ", " + SayTime(commit.at_ms());
    reply.text += (commit.reason().empty() ? "" : ": " + commit.reason()) + "\n";
  }
}

Reply Diff(Workstation& station, const DiffWish& wish) {
  // Without what waits: that has no revision yet.
  DAFTAR_ASSIGN_OR_RETURN(const std::unique_ptr<ReadView> read, station.view().Snapshot());
  DAFTAR_ASSIGN_OR_RETURN(const Found found, FindRecord(*read, wish.id));
  DAFTAR_ASSIGN_OR_RETURN(const v1::Checkpoint head, read->Head());
  const Revision newest = head.cursor().revision();
  if (wish.from == 0 || std::max(wish.from, wish.to) > newest) {
    return Reply::Error(ExitCode::kNotFound, "this replica shows revisions 1 to " + std::to_string(newest) +
                                                 "; for newer ones: daftarctl sync. Those of the record: daftarctl "
                                                 "history " +
                                                 wish.id);
  }
  DAFTAR_ASSIGN_OR_RETURN(const std::vector<HistoryStep> steps, read->History(found.id));
  DAFTAR_ASSIGN_OR_RETURN(const std::string body, CanonicalBody(found.record.message()));
  DAFTAR_ASSIGN_OR_RETURN(const std::string from, BodyAt(wish.from, body, steps));
  DAFTAR_ASSIGN_OR_RETURN(const std::string to, BodyAt(wish.to, body, steps));
  DAFTAR_ASSIGN_OR_RETURN(const std::vector<Part> before, SplitParts(from));
  DAFTAR_ASSIGN_OR_RETURN(const std::vector<Part> after, SplitParts(to));
  DAFTAR_ASSIGN_OR_RETURN(const std::vector<FieldChange> changes,
                          DiffOfParts(found.record.kind(), before, after, NamerOf(*read)));

  Reply reply = Reply::Answer("diff");
  reply.json["id"] = found.id.ToString();
  reply.json["kind"] = KindWord(found.record.kind());
  reply.json["title"] = DisplayName(found.record);
  reply.json["from"] = wish.from;
  reply.json["to"] = wish.to;
  reply.json["there"] = {{"from", !from.empty()}, {"to", !to.empty()}};
  reply.json["steps"] = nlohmann::ordered_json::array();
  reply.json["changes"] = ChangesAsJson(changes);
  reply.text = DisplayName(found.record) + " (" + DisplayId(found.record) + "), revision " + std::to_string(wish.from) +
               " → " + std::to_string(wish.to) + "\n";
  TellSteps(wish, steps, reply);
  for (const auto& [revision, state] : {std::pair(wish.from, &from), std::pair(wish.to, &to)}) {
    if (state->empty()) reply.text += "at revision " + std::to_string(revision) + " there was no such record\n";
  }
  reply.text += changes.empty() ? "  no difference\n" : ChangesAsText(changes);
  return reply;
}

}  // namespace

void AddDiffCommands(CLI::App& app, Context& context) {
  auto wish = std::make_shared<DiffWish>();
  CLI::App& verb = AddVerb(app, "diff", "A record at two revisions, field by field; daftarctl history names them",
                           "  daftarctl diff sample:I01 4 9\n"
                           "  daftarctl diff sample:I01 4 9 --json");
  verb.add_option("id", wish->id, "The record")->required()->type_name("ID");
  verb.add_option("from", wish->from, "The revision to compare")->required()->type_name("REVISION");
  verb.add_option("to", wish->to, "The revision to compare it with")->required()->type_name("REVISION");
  verb.callback([&context, wish] {
    context.action = [&context, wish] {
      return WithWorkstation(context, [&](Workstation& station) { return Diff(station, *wish); });
    };
  });
}

}  // namespace daftar::ctl
