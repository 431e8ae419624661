// What a command answers: data for stdout, in words and as JSON, or an error with its exit code.
#pragma once

#include <nlohmann/json.hpp>
#include <ostream>
#include <string>
#include <string_view>
#include <vector>

#include "storage/base/exit_code.h"
#include "storage/base/status.h"
#include "storage/model/validate.h"

namespace daftar::ctl {

// A value. An answer has `text` and `json`; an error has `message` and perhaps `problems`.
struct Reply {
  Reply() = default;
  // An error; so DAFTAR_RETURN_IF_ERROR works in commands. REQUIRES: not ok.
  Reply(const Status& status);  // NOLINT(google-explicit-constructor): the point of it
  // An answer named daftar.VERB.v1.
  static Reply Answer(std::string_view verb);
  static Reply Error(ExitCode code, std::string_view message);
  // Input that may not be taken: every problem, and what it was that has them.
  static Reply Invalid(std::string_view message, std::vector<FieldProblem> problems);

  ExitCode code = ExitCode::kOk;
  std::string text;               // with its line ends
  nlohmann::ordered_json json;    // begins with "schema"; of an error, further keys of daftar.error.v1
  bool one_line = false;          // the JSON, since lines of a stream came before it
  std::vector<std::string> talk;  // lines for stderr, beside an answer or an error in words
  std::string message;            // what went wrong, what is safe, what to do
  std::vector<FieldProblem> problems;
  bool failed() const { return !message.empty(); }
};

// Writes the reply as it was asked for: data to `out`, talk and errors to `err`.
void Print(const Reply& reply, bool as_json, std::ostream& out, std::ostream& err);

// The word is no kind of record.
Reply UnknownKind(std::string_view word);
// "1 record", "3 records".
std::string Counted(uint64_t count, const std::string& what);

// The problems as JSON: [{path, message}].
nlohmann::ordered_json ProblemsJson(const std::vector<FieldProblem>& problems);
// "path: message", or the message alone.
std::string ProblemLine(const FieldProblem& problem);

}  // namespace daftar::ctl
