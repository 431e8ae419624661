// Records at hand for tests of shown values, roots and comparisons.
#pragma once

#include <google/protobuf/text_format.h>
#include <gtest/gtest.h>

#include <map>
#include <memory>
#include <string>

#include "storage/model/shown.h"

namespace daftar {

// A little world: sources and places by name, one incident under test.
class World {
 public:
  Uuid IdOf(const std::string& name) const { return Uuid::FromName(name); }

  // Adds a record; "@name" in the text stands for the 16 bytes of that record's id.
  template <typename Message>
  Record Add(const std::string& name, Kind kind, const std::string& text) {
    auto message = std::make_shared<Message>();
    EXPECT_TRUE(google::protobuf::TextFormat::ParseFromString(Expand(text), message.get())) << text;
    Record record(IdOf(name), kind, message);
    records_.insert_or_assign(IdOf(name), record);
    return record;
  }
  Record AddSource(const std::string& name, const std::string& text) {
    return Add<v1::Source>(name, v1::RecordKind::SOURCE, text);
  }
  Record AddPlace(const std::string& name, const std::string& text) {
    return Add<v1::Place>(name, v1::RecordKind::PLACE, text);
  }
  Record AddIncident(const std::string& text) { return Add<v1::Incident>("incident", v1::RecordKind::INCIDENT, text); }

  RecordLookup Lookup() const {
    return [this](const Uuid& id) -> StatusOr<std::optional<Record>> {
      auto at = records_.find(id);
      return at == records_.end() ? std::nullopt : std::optional<Record>(at->second);
    };
  }

 private:
  std::string Expand(const std::string& text) const {
    std::string out;
    for (size_t i = 0; i < text.size(); ++i) {
      if (text[i] != '@') {
        out += text[i];
        continue;
      }
      size_t end = text.find_first_of(" }\n", i);
      if (end == std::string::npos) end = text.size();
      out += '"';
      for (unsigned char byte : IdOf(text.substr(i + 1, end - i - 1)).str()) {
        char escaped[5];
        std::snprintf(escaped, sizeof escaped, "\\%03o", byte);
        out += escaped;
      }
      out += '"';
      i = end - 1;
    }
    return out;
  }

  std::map<Uuid, Record> records_;
};

}  // namespace daftar
