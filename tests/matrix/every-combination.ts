import { everyCombination } from "./combinations";
import { describeMatrix } from "./describe-matrix";

describeMatrix(everyCombination);
