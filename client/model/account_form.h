// The form "add an account": plain strings that a person types, checked as a whole against the schema and the replica,
// then put into the outbox as one new part of the record. One thread; it holds no view between calls.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "client/model/row.h"
#include "storage/base/status.h"

namespace daftar {

class ReadView;
class Workstation;
struct FieldProblem;

// A value of a code list.
struct CodeChoice {
  std::string code;   // "PROBABLY_TRUE": what FormField::value holds
  std::string words;  // "2: probably true"
};

struct FormField {
  std::string name;                 // "source", "said_by", "date" …: the account's field
  std::string label;                // "Source"
  std::string hint;                 // "4 Sep 2023, mid-September 2024"
  std::string value;                // what is typed; for a record, any ID
  std::string refers;               // kind of record it names, "source"; empty: none
  std::vector<CodeChoice> choices;  // of a code list; empty: free text
  bool required = false;
  bool long_text = false;
  std::string understood;  // filled by Typed: what the text is read as, in the reader's words; empty: nothing yet
  std::vector<std::string> problems;  // filled by Check: it may not be sent so
  std::vector<std::string> warnings;  // filled by Check: a codebook would question it
};

class AccountForm {
 public:
  // For the record meant by `record_id`; it is looked up when the form is checked.
  explicit AccountForm(std::string record_id);

  // In the order of the form: source, said_by, date, place, killed, wording, summary, note, credibility, stance,
  // modality.
  std::vector<FormField>& fields() { return fields_; }
  const std::vector<FormField>& fields() const { return fields_; }
  // nullptr if there is no such field.
  FormField* field(std::string_view name);
  // Problems of no field in particular: "nothing is said but the source".
  const std::vector<std::string>& problems() const { return problems_; }
  // Whether the last check found any.
  bool has_problems() const;
  // To be called when a value was typed: says at once what a date is read as. Reads nothing.
  static void Typed(FormField& field);
  // Labels, hints and codes in the language that is spoken now; what was found wrong is forgotten.
  void SayAnew();
  // Whether anything has been typed that should not be lost.
  bool touched() const;

  // Records that complete what is typed into a field that names one.
  StatusOr<std::vector<PageLink>> Suggestions(const ReadView& view, std::string_view field, size_t limit = 8) const;

  // Fills the problems and warnings; true: it may be submitted. Errors are those of reading.
  StatusOr<bool> Check(const Workstation& workstation);
  // Checks, and puts the account into the outbox: durable when this returns its number. InvalidArgument when the check
  // finds problems, FailedPrecondition when the record is gone.
  StatusOr<uint64_t> Submit(Workstation& workstation, const std::string& reason);

 private:
  void ClearProblems();
  // Puts a problem or warning at its field; `account` is the path of the form's account, "accounts[2]". A problem of
  // anything else goes to the form, a warning of anything else is not the form's.
  void Note(std::string_view account, const FieldProblem& problem, bool warning);

  std::string record_id_;
  std::vector<FormField> fields_;
  std::vector<std::string> problems_;
};

}  // namespace daftar
