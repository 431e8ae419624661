// Places in a text as they are seen: what a caret needs to go up, down, left and right on the screen.
#pragma once

#include <cstddef>
#include <optional>

namespace daftar::text {

// A place between two characters. Where the direction changes, and where a line is wrapped, the end of the one before
// and the beginning of the one behind are not the same place on the screen.
struct Caret {
  size_t byte = 0;      // of the text: what stands before it
  bool behind = false;  // it is seen at the end of the character before it, not at the beginning of the next
  friend bool operator==(const Caret&, const Caret&) = default;
};

// Where it is seen: pixels from the left edge of all lines.
struct Spot {
  size_t paragraph = 0, line = 0;
  float x = 0;
};

// All of it is for the text as it was when it was last set in lines. One thread.
class LineMap {
 public:
  virtual ~LineMap() = default;

  virtual Spot SpotOf(Caret caret) = 0;
  // One character to the left or right on the screen; at the end of a line on to the next or the one before.
  virtual Caret Beside(Caret caret, bool right) = 0;
  // So many lines down, or up if there are fewer than none, as near to `x` as can be. nullopt: there is no such line.
  virtual std::optional<Caret> Below(Caret caret, int lines, float x) = 0;
  // The ends of its line.
  virtual Caret LineBegin(Caret caret) = 0;
  virtual Caret LineEnd(Caret caret) = 0;
  // Which way its paragraph runs.
  virtual bool RightToLeft(size_t byte) = 0;
  // So many lines are seen at once.
  virtual int Page() const = 0;
};

}  // namespace daftar::text
