#include "server/app/sample.h"

#include <optional>
#include <span>
#include <string>
#include <unordered_map>
#include <utility>

#include "storage/base/uuid.h"
#include "storage/model/parts.h"
#include "storage/model/validate.h"

namespace daftar {
namespace {

constexpr std::string_view kClientName = "daftar/sample/client";

// "FILE: PATH: MESSAGE", one a line.
std::string Lines(std::string text, const std::vector<FieldProblem>& problems) {
  for (const FieldProblem& problem : problems) text += "\n  " + problem.path + ": " + problem.message;
  return text;
}

StatusOr<AuthoredDataset> ReadSample() {
  AuthoredDataset dataset = ReadDataset(SampleFiles(), [](std::string_view id) -> StatusOr<Uuid> {
    return NotFound("no record " + std::string(id) + " in the sample");
  });
  std::unordered_map<Uuid, Kind, UuidHash> kinds;
  for (const DatasetRecord& record : dataset.records) kinds.emplace(record.id, record.kind);
  const KindLookup kind_of = [&kinds](const Uuid& id) -> std::optional<Kind> {
    const auto found = kinds.find(id);
    return found == kinds.end() ? std::nullopt : std::optional(found->second);
  };
  std::vector<FieldProblem> problems = std::move(dataset.problems);
  for (const DatasetRecord& record : dataset.records) {
    for (FieldProblem& problem : Validate(record.kind, *record.record, record.id, kind_of)) {
      problem.path = std::string(KindWord(record.kind)) + " " + record.id.ToString() + ": " + problem.path;
      problems.push_back(std::move(problem));
    }
  }
  if (!problems.empty()) return InvalidArgument(Lines("the sample is not valid:", problems));
  return dataset;
}

}  // namespace

StatusOr<v1::Mutation> SampleMutation(const Clock& clock) {
  DAFTAR_ASSIGN_OR_RETURN(const AuthoredDataset dataset, ReadSample());
  v1::Mutation mutation;
  mutation.set_client(Uuid::FromName(kClientName).str());
  mutation.set_seq(1);
  mutation.set_author("Daftar sample");
  mutation.set_at_ms(clock.NowMs());
  mutation.set_reason("the sample dataset");
  for (const DatasetRecord& record : dataset.records) {
    DAFTAR_ASSIGN_OR_RETURN(const std::string body, CanonicalBody(*record.record));
    DAFTAR_ASSIGN_OR_RETURN(std::vector<v1::PartEdit> parts, DiffParts("", body));
    v1::RecordEdit& edit = *mutation.add_edit();
    edit.set_record(record.id.str());
    edit.set_kind(record.kind);
    edit.set_create(true);
    for (v1::PartEdit& part : parts) *edit.add_part() = std::move(part);
  }
  return mutation;
}

Status CommitSample(LogStore& log, const v1::Mutation& sample) {
  DAFTAR_ASSIGN_OR_RETURN(const std::vector<StatusOr<v1::PushResult>> results, log.Commit(std::span(&sample, 1)));
  DAFTAR_ASSIGN_OR_RETURN(const v1::PushResult& result, results.front());
  if (result.outcome() == v1::PushResult::Outcome::APPLIED) return OkStatus();
  std::vector<FieldProblem> problems;
  for (const v1::FieldError& error : result.error()) {
    const Uuid record = Uuid::FromBytes(error.record()).value_or(Uuid());
    problems.push_back({record.ToString() + ": " + error.path(), error.message()});
  }
  return InvalidArgument(
      Lines("the sample was refused (" + v1::PushResult::Outcome::Code_Name(result.outcome()) + "):", problems));
}

std::map<Kind, size_t> CountByKind(const v1::Mutation& mutation) {
  std::map<Kind, size_t> counts;
  for (const v1::RecordEdit& edit : mutation.edit()) ++counts[edit.kind()];
  return counts;
}

}  // namespace daftar
