#include "storage/model/record.h"
