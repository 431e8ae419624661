#include "tools/ctl/reply.h"

#include <utility>

namespace daftar::ctl {
namespace {

using Json = nlohmann::ordered_json;

// Data may hold what is not UTF-8 only if stored bytes are damaged; then a mark stands in its place.
std::string Dump(const Json& json, bool one_line) {
  return json.dump(one_line ? -1 : 2, ' ', false, Json::error_handler_t::replace);
}

}  // namespace

Reply::Reply(const Status& status) : code(ExitCodeOf(status)), message(Message(status)) {
  DAFTAR_CHECK(!status.ok());
  if (message.empty()) message = "failed without a reason given";
}

Reply Reply::Answer(std::string_view verb) {
  Reply reply;
  reply.json["schema"] = "daftar." + std::string(verb) + ".v1";
  return reply;
}

Reply Reply::Error(ExitCode code, std::string_view message) {
  Reply reply;
  reply.code = code;
  reply.message = message;
  return reply;
}

Reply Reply::Invalid(std::string_view message, std::vector<FieldProblem> problems) {
  Reply reply = Error(ExitCode::kInvalidData, message);
  reply.problems = std::move(problems);
  return reply;
}

void Print(const Reply& reply, bool as_json, std::ostream& out, std::ostream& err) {
  if (reply.failed() && as_json) {
    Json json;
    json["schema"] = "daftar.error.v1";
    json["code"] = static_cast<int>(reply.code);
    json["message"] = reply.message;
    json["problems"] = ProblemsJson(reply.problems);
    if (reply.json.is_object()) json.update(reply.json);
    err << Dump(json, false) << '\n';
    return;
  }
  if (reply.failed()) {
    err << "daftarctl: " << reply.message << '\n';
    for (const FieldProblem& problem : reply.problems) err << "  " << ProblemLine(problem) << '\n';
    for (const std::string& line : reply.talk) err << line << '\n';
    return;
  }
  if (as_json) {
    out << Dump(reply.json, reply.one_line) << '\n';
  } else {
    out << reply.text;
    for (const std::string& line : reply.talk) err << line << '\n';
  }
  out.flush();
}

Reply UnknownKind(std::string_view word) {
  return Reply::Error(ExitCode::kUsage, std::string(word) +
                                            " is no kind of record; say incident, actor, place, source, relation or "
                                            "alert_period");
}

std::string Counted(uint64_t count, const std::string& what) {
  return std::to_string(count) + " " + what + (count == 1 ? "" : "s");
}

Json ProblemsJson(const std::vector<FieldProblem>& problems) {
  Json list = Json::array();
  for (const FieldProblem& problem : problems) list.push_back({{"path", problem.path}, {"message", problem.message}});
  return list;
}

std::string ProblemLine(const FieldProblem& problem) {
  return problem.path.empty() ? problem.message : problem.path + ": " + problem.message;
}

}  // namespace daftar::ctl
