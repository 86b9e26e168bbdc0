import { ofNewer } from "./combinations";
import { describeMatrix } from "./describe-matrix";

describeMatrix(ofNewer);
