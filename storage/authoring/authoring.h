// Records as people write and read them: JSON and textproto, with IDs for references, EDTF for dates, degrees for
// points.
//
// JSON differs from protobuf's own JSON: a date is EDTF text, a point {"lat":37.9,"lon":70.4} in degrees, a reference
// is any ID ("sample:I01", a UUID, a unique key), codes are their names, names follow the proto's json_name (plural for
// lists) with the singular accepted too; a single value is accepted where a list stands; a number is accepted where an
// Amount or Toll stands ({"killed": 3}); a string is accepted for a name ("names": ["Kevron"]) or a tag.
//
// Every reader collects all errors, each with a path ("accounts[0].date") and, for text files, line and column.
#pragma once

#include <google/protobuf/message.h>

#include <functional>
#include <memory>
#include <nlohmann/json_fwd.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "daftar/v1/commit.pb.h"
#include "daftar/v1/dataset.pb.h"
#include "storage/base/status.h"
#include "storage/base/uuid.h"
#include "storage/model/kind.h"
#include "storage/model/validate.h"

namespace daftar {

// Finds the record that a person means by an ID; the status says why not ("no record sample:I99", "2 records start with
// 018f").
using IdResolver = std::function<StatusOr<Uuid>(std::string_view)>;
// Turns an id into the text shown for it: "sample:I01" where the record has an external id, else the UUID.
using IdNamer = std::function<std::string(const Uuid&)>;

// What reading gave: a record, or problems (then the record is not to be used).
struct Authored {
  std::unique_ptr<google::protobuf::Message> record;
  std::vector<FieldProblem> problems;
};

// A record from JSON text. Unknown fields, wrong types and bad values are problems with their path.
Authored RecordFromJson(Kind kind, std::string_view json, const IdResolver& resolve);
// A record from textproto; references may be given as ID text in the bytes field. Problems name line and column.
Authored RecordFromTextproto(Kind kind, std::string_view text, const IdResolver& resolve);
// Chooses by the first character that is not space: '{' followed by '"' or '}' is JSON, anything else textproto.
Authored RecordFromText(Kind kind, std::string_view text, const IdResolver& resolve);

// Any message of the schema (an Account, say) from JSON; `path` is put before every problem's path.
std::vector<FieldProblem> MessageFromJson(const nlohmann::json& json, const IdResolver& resolve, std::string_view path,
                                          google::protobuf::Message* message);
// The JSON of any message of the schema, with the conventions above. Keys of items are included.
nlohmann::ordered_json ToJson(const google::protobuf::Message& message, const IdNamer& name);

// Sets one field: `--set PATH=VALUE`. PATH as in problems ("notes", "accounts[2].date", "names[0].text",
// "accounts[key=7].credibility"); an index one past the end appends. VALUE is JSON, or else taken as plain text; an
// empty VALUE clears the field. Problems name the path and, for an unknown field, the nearest known ones.
std::vector<FieldProblem> SetField(google::protobuf::Message* record, std::string_view path, std::string_view value,
                                   const IdResolver& resolve);

// Gives every item of a collection whose key is 0 its key: derived from the item's content, for External from
// (system, id), for Tag from the text, for Resemblance from `other`. Keys fit in 48 bits. A taken key is stepped by one
// unless that item is the very same, which is then dropped.
void AssignKeys(google::protobuf::Message* record);

// A record of a Dataset on its way into a store.
struct DatasetRecord {
  Uuid id;
  Kind kind;
  std::unique_ptr<google::protobuf::Message> record;
};
struct AuthoredDataset {
  std::vector<DatasetRecord> records;  // places, actors, sources first: what is referred to comes before what refers
  std::vector<FieldProblem> problems;  // path: "file:line: incident sample:I01: accounts[0].date"
};
// One file of a dataset, as text with its name.
struct DatasetFile {
  std::string name;
  std::string text;
};
// Reads textproto files of v1::Dataset. Ids come from the first external id of each record (Uuid::FromName of
// "system:id"); references are resolved among all records of all files, then by `resolve`.
AuthoredDataset ReadDataset(const std::vector<DatasetFile>& files, const IdResolver& resolve);

}  // namespace daftar
