// What the tests of storage/authoring share: IDs that resolve, and matchers for problems.
#pragma once

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <ostream>
#include <string>
#include <string_view>

#include "storage/authoring/authoring.h"

namespace daftar {

// For the messages of failed tests.
inline void PrintTo(const FieldProblem& problem, std::ostream* out) { *out << problem.path << ": " << problem.message; }

namespace authoring_test {

// Every "sample:…" exists but sample:I99; a whole UUID is what it says.
inline StatusOr<Uuid> Resolve(std::string_view text) {
  if (std::optional<Uuid> id = Uuid::Parse(text)) return *id;
  if (text.starts_with("sample:") && text != "sample:I99") return Uuid::FromName(text);
  return NotFound("no record " + std::string(text));
}

inline auto Problem(const std::string& path, const std::string& part) {
  return ::testing::AllOf(::testing::Field(&FieldProblem::path, path),
                          ::testing::Field(&FieldProblem::message, ::testing::HasSubstr(part)));
}

// The record of a text without problems.
template <typename T>
T Read(Kind kind, std::string_view text) {
  Authored authored = RecordFromText(kind, text, Resolve);
  for (const FieldProblem& problem : authored.problems) ADD_FAILURE() << problem.path << ": " << problem.message;
  return *google::protobuf::DynamicCastToGenerated<T>(authored.record.get());
}

}  // namespace authoring_test
}  // namespace daftar
